import { type Ref, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/**
 * What the link of a message holds, after the `#` that no browser sends: read once, then taken out of the address, where
 * the next person at this computer would find it. A link that is opened on its own page, which loads nothing, is read too.
 */
export function takeTokenOfLink(): Ref<string | undefined> {
  const route = useRoute()
  const router = useRouter()
  const token = ref<string>()
  const take = (hash: string): void => {
    if (hash.length < 2) return
    token.value = hash.slice(1)
    void router.replace({ path: route.path, hash: '' })
  }
  take(route.hash)
  watch(() => route.hash, take)
  return token
}
