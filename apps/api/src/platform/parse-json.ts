/** What a JSON text says, still to be judged by whoever asked; undefined for what cannot be read. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
