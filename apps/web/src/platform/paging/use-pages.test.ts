import { expect, test } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { NetworkFailure } from '../http.ts'
import { type Pages, usePages } from './use-pages.ts'

/** Nine letters in pages of three; what is asked for is kept. */
function alphabet() {
  const asked: (string | undefined)[] = []
  const state = { letters: [...'abcdefghi'], fails: false, hold: undefined as Promise<void> | undefined }
  const read = async (cursor: string | undefined) => {
    asked.push(cursor)
    await state.hold
    if (state.fails) throw new NetworkFailure(undefined)
    const from = cursor === undefined ? 0 : state.letters.indexOf(cursor) + 1
    const items = state.letters.slice(from, from + 3)
    return { items, next: from + 3 < state.letters.length ? (items.at(-1) ?? null) : null }
  }
  return { asked, state, read }
}
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

async function opened(make: () => Pages<string>): Promise<{ pages: Pages<string>; words: () => string | undefined }> {
  const pages = effectScope().run(make)
  if (!pages) throw new Error('The scope did not run')
  await settle()
  return { pages, words: () => pages.items.value?.join('') }
}

test('each page stands behind the others, until the last', async () => {
  const { read } = alphabet()
  const { pages, words } = await opened(() => usePages(read))
  expect([words(), pages.hasMore.value]).toEqual(['abc', true])
  await pages.readMore()
  await pages.readMore()
  expect([words(), pages.hasMore.value]).toEqual(['abcdefghi', false])
})

test('a list that is read anew keeps the pages that were opened', async () => {
  const { read, state } = alphabet()
  const { pages, words } = await opened(() => usePages(read))
  await pages.readMore()
  state.letters = state.letters.filter((letter) => letter !== 'b')
  await pages.reload()
  expect(words()).toBe('acdefg')
})

test('another list begins anew with one page', async () => {
  const { read, asked } = alphabet()
  const filter = ref('x')
  const { pages, words } = await opened(() => usePages(read, filter))
  await pages.readMore()
  filter.value = 'y'
  await nextTick()
  expect(words()).toBeUndefined()
  await settle()
  expect([words(), asked.length]).toEqual(['abc', 3])
})

test('a page that comes after the list was read anew is dropped', async () => {
  const { read, state } = alphabet()
  const filter = ref('x')
  const { pages, words } = await opened(() => usePages(read, filter))
  let release = (): void => undefined
  state.hold = new Promise((resolve) => {
    release = resolve
  })
  const late = pages.readMore()
  state.hold = undefined
  filter.value = 'y'
  await nextTick()
  await settle()
  release()
  await late
  expect(words()).toBe('abc')
})

test('a page that fails leaves the list, says why, and is asked for again', async () => {
  const { read, state } = alphabet()
  const { pages, words } = await opened(() => usePages(read))
  state.fails = true
  await pages.readMore()
  expect(pages.following.failure.value?.text).toContain('ne répond pas')
  expect(words()).toBe('abc')
  state.fails = false
  await pages.readMore()
  expect([words(), pages.following.failure.value]).toEqual(['abcdef', undefined])
})

test('for paper, all that follows is read', async () => {
  const { read } = alphabet()
  const { pages, words } = await opened(() => usePages(read))
  expect(await pages.readAll()).toBe(true)
  expect([words(), pages.hasMore.value]).toEqual(['abcdefghi', false])
})
