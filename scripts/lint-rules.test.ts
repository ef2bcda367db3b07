import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const slice = 'apps/api/src/features/gp-search'
const lines = (count: number): string => Array.from({ length: count }, (_, n) => `  total += ${n}`).join('\n')

/** What the house refuses beyond the linter's own advice: each rule with a file that it must stop at. */
const refused: Record<string, readonly [path: string, code: string]> = {
  'no ambient clock (plugin)': [`${slice}/a-clock.ts`, 'export const at = (): Date => new Date()'],
  noExcessiveLinesPerFunction: [
    `${slice}/a-function.ts`,
    `export const sum = (): number => {\n  let total = 0\n${lines(50)}\n  return total\n}`,
  ],
  noFloatingPromises: [
    `${slice}/a-promise.ts`,
    'const send = async (): Promise<void> => {}\nexport const go = (): void => {\n  send()\n}',
  ],
  useExhaustiveSwitchCases: [
    `${slice}/a-switch.ts`,
    "export const rank = (band: 'P1' | 'P2'): number => {\n  switch (band) {\n    case 'P1':\n      return 1\n  }\n  return 2\n}",
  ],
  noDefaultExport: [`${slice}/a-default.ts`, 'const a = 1\nexport default a'],
  noBarrelFile: [`${slice}/a-barrel.ts`, "export { at } from './a-clock.ts'"],
  noExplicitAny: [`${slice}/an-any.ts`, 'export const read = (row: any): string => row.name'],
  noNonNullAssertion: [`${slice}/a-bang.ts`, 'export const first = (rows: string[]): string => rows[0]!'],
  noConsole: [`${slice}/a-console.ts`, "console.log('here')"],
  noProcessEnv: [`${slice}/an-environment.ts`, 'export const port = process.env.PORT'],
  noSkippedTests: [`${slice}/a-skip.test.ts`, "import { test } from 'vitest'\ntest.skip('later', () => {})"],
  useFilenamingConvention: [`${slice}/BadName.ts`, 'export const a = 1'],
  useNamingConvention: [`${slice}/a-name.ts`, 'export const wanted_by = 1'],
  useAltText: ['apps/web/src/ui/PortraitMark.vue', '<template>\n  <img src="/portrait.png">\n</template>'],
}

/** Where the house needs what it refuses elsewhere. */
const allowed: readonly (readonly [path: string, code: string])[] = [
  ['apps/api/src/main.ts', 'export const startedAt = new Date()\nexport const port = process.env.PORT'],
  [`${slice}/print-day.ts`, 'export const day = (instant: string): Date => new Date(instant)'],
  ['apps/api/src/cli.ts', "console.log('done')"],
  ['packages/embedded-postgres/src/index.ts', "export { a } from './a.ts'"],
  ['apps/api/drizzle.config.ts', 'const config = { out: 1 }\nexport default config'],
]

let folder = ''
let report = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'maillage-lint-'))
  cpSync(join(root, 'biome.json'), join(folder, 'biome.json'))
  cpSync(join(root, 'scripts/biome'), join(folder, 'scripts/biome'), { recursive: true })
  for (const [path, code] of [...Object.values(refused), ...allowed]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), `${code}\n`)
  }
  const biome = join(root, 'node_modules/.bin/biome')
  const options = ['lint', '--vcs-enabled=false', '--colors=off', '--max-diagnostics=none']
  report = spawnSync(biome, options, { cwd: folder, encoding: 'utf8' }).stderr
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The rules named in the head lines of the diagnostics of one file. */
const rulesBrokenBy = (path: string): string =>
  report
    .split('\n')
    .filter((line) => line.startsWith(`${path}:`) || line.startsWith(`${path} `))
    .join('\n')

test.each(Object.entries(refused))('%s stops at what it is there for', (rule, [path]) => {
  expect(rulesBrokenBy(path)).toContain(rule.endsWith('(plugin)') ? ' plugin ' : `/${rule}`)
})

test.each(allowed)('%s may do what its place needs', (path) => {
  expect(rulesBrokenBy(path)).toBe('')
})
