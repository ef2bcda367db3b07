/** Left-overs that neither the compiler nor the linter refuses, and type assertions that nobody justified. */
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { isGenerated, isTest, report, sourceFiles } from './source-files.mjs'
import { codeRules, faultsOf } from './texts/french.mjs'
import { hole, textsOf } from './texts/screen-texts.mjs'

const code = /\.(ts|vue|mjs|cjs|css|sql|html|sh|ya?ml)$/
const scripts = /\.test\.ts$|^scripts\/|^\.ci\/|\/cli(\.ts$|\/)|\/seeds\/|^apps\/bench\//
/** They name what they refuse. */
const judges = ['scripts/check-texts.mjs', 'scripts/lint-rules.test.ts']

const leftOvers = [
  { name: 'unfinished work', pattern: /\b(TODO|FIXME|XXX|HACK)\b|[Nn]ot implemented/, files: code },
  { name: 'test set apart', pattern: /\.(only|skip|todo|fixme)\(/, files: code },
  { name: 'any by assertion', pattern: /\bas any\b|@ts-ignore|@ts-nocheck/, files: /\.(ts|vue)$/ },
  { name: 'module doubled in a test', pattern: /\bvi\.(mock|doMock)\(/, files: /\.ts$/ },
  { name: 'debugging', pattern: /\bdebugger\b|\bconsole\.(log|debug)\(/, files: code, except: scripts },
  {
    name: "path of one's own machine",
    pattern: /(?<![\w.~-])\/(?:(?:home|Users)\/[\w.-]+\/|(?:root|work)\/\w)|[A-Z]:\\Users/,
    files: /./,
  },
]

function leftOversOf(path) {
  const rules = leftOvers.filter((rule) => rule.files.test(path) && !rule.except?.test(path))
  if (rules.length === 0) return []
  const text = readFileSync(path, 'utf8')
  if (text.includes('\0')) return []
  const lines = text.split('\n')
  return lines.flatMap((line, index) =>
    rules.filter((rule) => rule.pattern.test(line)).map((rule) => `${path}:${index + 1} ${rule.name}: ${line.trim()}`),
  )
}

/** The script of a single-file component, its other lines blanked so that line numbers hold. */
function scriptOf(path) {
  const text = readFileSync(path, 'utf8')
  if (!path.endsWith('.vue')) return text
  let inside = false
  return text
    .split('\n')
    .map((line) => {
      if (/^<\/?script/.test(line)) inside = line.startsWith('<script')
      return inside && !line.startsWith('<script') ? line : ''
    })
    .join('\n')
}

/** Lines with an assertion (`as`, `!`) that no comment above its statement, or above or on its line, explains. */
function bareAssertionsOf(path) {
  const text = scriptOf(path)
  const lines = text.split('\n')
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)
  const faults = []
  const lineOf = (node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line
  const isComment = (line) => /^\s*(\/\/|\*|\/\*)/.test(line ?? '')
  const explained = (line) => isComment(lines[line - 1]) || /\/[/*]/.test(lines[line] ?? '')

  const visit = (node, statement) => {
    const isConst = ts.isAsExpression(node) && node.type.getText(source) === 'const'
    const asserts = (ts.isAsExpression(node) && !isConst) || ts.isNonNullExpression(node)
    const line = asserts ? source.getLineAndCharacterOfPosition(node.getEnd()).line : 0
    if (asserts && !explained(line) && !explained(lineOf(node)) && !isComment(lines[lineOf(statement) - 1])) {
      faults.push(`${path}:${line + 1} ${lines[line].trim()}`)
    }
    ts.forEachChild(node, (child) => visit(child, ts.isStatement(node) && !ts.isBlock(node) ? node : statement))
  }
  visit(source, source)
  return faults
}

const paths = sourceFiles(/^(?!pnpm-lock\.yaml$)/).filter((path) => !judges.includes(path) && !isGenerated(path))
const typed = paths.filter((path) => /\.(ts|vue)$/.test(path) && !isTest(path))

report('Left-overs', paths.flatMap(leftOversOf))
report('Assertions without a reason on the line above', typed.flatMap(bareAssertionsOf))

const screens = paths.filter((path) => /^apps\/web\/src\/.*\.(vue|ts)$/.test(path) && !isTest(path))

function frenchFaultsOf(path) {
  return textsOf(path).flatMap(({ text, line }) =>
    faultsOf(text).map((fault) => `${path}:${line} ${fault}: ${text.replaceAll(hole, '…')}`),
  )
}

function codeFaultsOf(path) {
  const rules = codeRules.filter(({ except }) => !except?.test(path))
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, index) =>
      rules
        .filter(({ pattern }) => pattern.test(line))
        .map(({ name }) => `${path}:${index + 1} ${name}: ${line.trim()}`),
    )
}

/** A slice keeps its words in one file of messages, however deep: two would say the same thing differently. */
function slicesWithSeveralMessages() {
  const bySlice = new Map()
  for (const path of screens.filter((one) => one.endsWith('.messages.ts'))) {
    const [, , , , slice] = path.split('/')
    bySlice.set(slice, [...(bySlice.get(slice) ?? []), path])
  }
  return [...bySlice].filter(([, files]) => files.length > 1).map(([slice, files]) => `${slice}: ${files.join(', ')}`)
}

report('Texts of the screens', screens.flatMap(frenchFaultsOf))
report('Words made by hand', screens.flatMap(codeFaultsOf))
report('Slices with several files of messages', slicesWithSeveralMessages())
