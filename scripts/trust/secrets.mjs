/** Finds keys, tokens and passwords in texts: secretlint's recommended rules, and private keys in whatever form. */
import { lintSource } from '@secretlint/core'
import { creator } from '@secretlint/secretlint-rule-preset-recommend'

const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] }

const ours = [
  {
    rule: 'private-key',
    pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?=\s*(?:\\n)?[A-Za-z0-9+/=]{20})/g,
  },
  {
    rule: 'environment-file',
    pattern: /^(?:export )?[A-Z_]*(?:PASSWORD|SECRET|TOKEN|MASTER_KEY|API_KEY)=[^\s$<{'"]{12,}$/gm,
  },
  {
    // As Compose and JSON write it; with a digit, or it would be a word of ours.
    rule: 'environment-value',
    pattern:
      /^\s*"?[A-Z_]*(?:PASSWORD|SECRET|TOKEN|MASTER_KEY|API_KEY)"?\s*:\s*["']?(?=[\w+/=-]*\d)[\w+/=-]{20,}["']?,?$/gm,
  },
]

/** Values that are no secret: invented in tests, or on the machine itself. Each with its reason. */
const harmless = [
  { pattern: /:\/\/moi:(?:tres-secret|q7Vw2nXc9tLp4RzK)@base/, reason: 'what the tests of the configuration read' },
  {
    pattern: /@(?:127\.0\.0\.1|localhost|\[::1\])[:/]/,
    reason: 'a throw-away server of the tests',
  },
  { pattern: /@[\w.-]*\.?example(?:\.\w+)?[:/]/, reason: 'a name that exists nowhere' },
]

// The library keeps a note of each call and compares them all: texts go to it together.
const together = 400_000

/**
 * What looks like a secret in these texts: where, and by which rule; never its value, which would then stand in a log.
 * @param {{ place: string, text: string }[]} texts
 * @returns {Promise<string[]>}
 */
export async function secretsIn(texts) {
  const found = []
  let batch = []
  let length = 0
  for (const one of texts) {
    if (length + one.text.length > together) {
      found.push(...(await secretsOf(batch)))
      batch = []
      length = 0
    }
    batch.push(one)
    length += one.text.length
  }
  return [...found, ...(await secretsOf(batch))]
}

async function secretsOf(batch) {
  const content = batch.map(({ text }) => text).join('\n\n')
  const source = { content, filePath: 'texts', contentType: 'text' }
  const { messages } = await lintSource({ source, options: { config, locale: 'en' } })
  const found = messages.map(({ ruleId, range }) => ({ rule: ruleId.replace(/^.*secretlint-rule-/, ''), range }))
  for (const { rule, pattern } of ours)
    for (const match of content.matchAll(pattern))
      found.push({ rule, range: [match.index, match.index + match[0].length] })
  return found
    .filter(({ range }) => !harmless.some(({ pattern }) => pattern.test(content.slice(...range))))
    .map(({ rule, range }) => `${placeOf(batch, range[0])} ${rule}`)
}

function placeOf(batch, at) {
  let start = 0
  for (const { place, text } of batch) {
    if (at < start + text.length) return `${place}:${text.slice(0, at - start).split('\n').length}`
    start += text.length + 2
  }
  return ''
}

/** What commits added, file by file, from the text of `git log -p`: a secret taken away is still in the history. */
export function addedTexts(log) {
  const added = new Map()
  let commit = ''
  let place = ''
  for (const line of log.split('\n')) {
    if (line.startsWith('commit ')) commit = line.slice(7, 17)
    else if (line.startsWith('+++ ')) place = `commit ${commit} ${line.slice(4).replace(/^b\//, '')}`
    else if (line.startsWith('+')) added.set(place, [...(added.get(place) ?? []), line.slice(1)])
  }
  return [...added].map(([at, lines]) => ({ place: at, text: lines.join('\n') }))
}
