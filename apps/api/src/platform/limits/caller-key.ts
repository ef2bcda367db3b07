import { isIPv6 } from 'node:net'

/**
 * Whom an address stands for: of IPv6 the network, for a household or a machine has a whole one (/64) and could change
 * its address at each request.
 */
export function callerKey(ip: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(ip)?.[1]
  if (mapped) return mapped
  if (!isIPv6(ip)) return ip
  const [written = ''] = ip.split('%')
  const [front = [], back] = written.split('::').map((half) => (half === '' ? [] : half.split(':')))
  // Without « :: » all eight groups are there; four dotted numbers at the end stand for two, beyond what is kept.
  const groups = back
    ? [...front, ...Array.from({ length: 8 - front.length - back.length }, () => '0'), ...back]
    : front
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
