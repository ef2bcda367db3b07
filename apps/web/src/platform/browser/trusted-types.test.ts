import { expect, test } from 'vitest'
import { guardMarkup } from './trusted-types.ts'

type Rule = (given: string, kind: string, sink: string) => string | null

function rules(): Record<'createHTML' | 'createScriptURL', Rule> {
  const made: Record<'createHTML' | 'createScriptURL', Rule>[] = []
  guardMarkup({ trustedTypes: { createPolicy: (_name, given) => made.push(given) } })
  const [first] = made
  if (!first) throw new Error('No rule was made')
  return first
}

test('what is not known is shown as text, a letter is a page of its own', () => {
  const { createHTML } = rules()
  const attack = '<img src=x onerror="alert(1)">'
  expect(createHTML(attack, 'TrustedHTML', 'Element innerHTML')).toBe('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;')
  expect(createHTML('<svg/>', 'TrustedHTML', 'Element innerHTML')).toBe('<svg/>')
  expect(createHTML('<p>Bonjour</p>', 'TrustedHTML', 'HTMLIFrameElement srcdoc')).toBe('<p>Bonjour</p>')
})

test('no script but the service worker is taken by its address', () => {
  const { createScriptURL } = rules()
  const sink = 'ServiceWorkerContainer register'
  expect(createScriptURL('/sw.js', 'TrustedScriptURL', sink)).toBe('/sw.js')
  expect(createScriptURL('https://piege.example/sw.js', 'TrustedScriptURL', sink)).toBeNull()
})

test('a browser without such guards goes on', () => {
  expect(() => guardMarkup({})).not.toThrow()
})
