import { useRoute, useRouter } from 'vue-router'

/**
 * What the link of a message holds, after the `#` that no browser sends: read once, then taken out of the address, where
 * the next person at this computer would find it.
 */
export function takeTokenOfLink(): string | undefined {
  const route = useRoute()
  const token = route.hash.slice(1)
  if (token === '') return undefined
  void useRouter().replace({ path: route.path, hash: '' })
  return token
}
