/** One message of an event stream. */
export interface StreamEvent {
  id: string | undefined
  event: string
  data: string
}

/**
 * Reads an event stream piece by piece: what comes in may be cut anywhere. Gives each message once it is whole;
 * comments (`: …`) are left out.
 */
export function eventReader(): (piece: string) => StreamEvent[] {
  let rest = ''
  return (piece) => {
    rest += piece.replaceAll('\r\n', '\n')
    const blocks = rest.split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.map(eventOf).filter((one) => one !== undefined)
  }
}

function eventOf(block: string): StreamEvent | undefined {
  const found: StreamEvent = { id: undefined, event: 'message', data: '' }
  let isEmpty = true
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const value = line.slice(colon + 1).replace(/^ /, '')
    const field = line.slice(0, colon)
    if (field === 'id') found.id = value
    else if (field === 'event') found.event = value
    else if (field === 'data') found.data = found.data === '' ? value : `${found.data}\n${value}`
    else continue
    isEmpty = false
  }
  return isEmpty ? undefined : found
}
