import { LiveChanges } from '@maillage/contracts/coordination/live'

/** A screen that listens, as the server sees it. */
export interface ListeningReader {
  /** Ids of all that was told so far. */
  ids(): string[]
  /** Where the reader is, to come back from there. */
  lastId(): string
  /** Resolves when the stream is over, however it ended. */
  readonly over: Promise<void>
  close(): void
}

/** Opens an event stream at this address and reads it in the background; resolves once nothing more is missed. */
export async function readLive(
  base: string,
  headers: Record<string, string>,
  lastId?: string,
): Promise<ListeningReader> {
  const abort = new AbortController()
  const asked: Record<string, string> = { ...headers, accept: 'text/event-stream' }
  if (lastId !== undefined) asked['last-event-id'] = lastId
  const response = await fetch(`${base}/api/v1/live`, { headers: asked, signal: abort.signal })
  if (!response.ok) throw new Error(`The stream was refused: ${response.status}`)
  let text = ''
  let begin: () => void = () => undefined
  const began = new Promise<void>((resolve) => {
    begin = resolve
  })
  const read = async (): Promise<void> => {
    for await (const piece of response.body ?? []) {
      text += Buffer.from(piece).toString('utf8')
      if (text.includes('event: beat')) begin()
    }
  }
  const over = read().catch(() => undefined)
  await Promise.race([began, over])
  return {
    ids: () =>
      [...text.matchAll(/^event: changes\ndata: (.*)$/gm)].flatMap(([, data]) =>
        LiveChanges.parse(JSON.parse(data ?? '[]')).map(({ id }) => id),
      ),
    lastId: () => [...text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? '',
    over,
    close: () => abort.abort(),
  }
}
