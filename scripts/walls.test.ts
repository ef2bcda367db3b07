import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { cruise, type ICruiseOptions, type ICruiseResult, type IDependency } from 'dependency-cruiser'
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import { afterAll, beforeAll, expect, test } from 'vitest'

type Edge = readonly [from: string, to: string]

const config = join(import.meta.dirname, '..', '.dependency-cruiser.cjs')
const slice = 'apps/api/src/features/gp-search'
const screens = 'apps/web/src/features/gp-search'

/** Each wall with imports that it must refuse. A target without a slash or led by @ is a package. */
const refused: Record<string, readonly Edge[]> = {
  'no-cycle': [
    ['apps/api/src/platform/clock.ts', 'apps/api/src/platform/log.ts'],
    ['apps/api/src/platform/log.ts', 'apps/api/src/platform/clock.ts'],
  ],
  'imports-resolve': [['apps/api/src/platform/mailer.ts', 'a-package-that-is-not-installed']],
  'production-knows-no-test': [
    ['apps/api/src/kernel/timeline.ts', 'apps/api/test/test-db.ts'],
    [`${slice}/open-gp-search.ts`, 'vitest'],
  ],
  'contracts-stand-alone': [
    ['packages/contracts/src/proposals.ts', 'drizzle-orm'],
    ['packages/contracts/src/patients.ts', 'node:fs'],
    ['packages/contracts/src/practitioners.ts', 'apps/web/src/platform/http.ts'],
  ],
  'contracts-kit-knows-no-noun': [['packages/contracts/src/kit/page.ts', 'packages/contracts/src/cases.ts']],
  'embedded-postgres-knows-no-table': [['packages/embedded-postgres/src/start.ts', '@maillage/contracts/cases']],
  'many-cases-stands-alone': [
    ['packages/many-cases/src/fill.ts', '@maillage/contracts/cases'],
    ['packages/many-cases/src/fill.ts', 'apps/api/src/kernel/references.ts'],
  ],
  'many-cases-serve-no-product': [['apps/api/seeds/demo.ts', 'packages/many-cases/src/fill.ts']],
  'platform-knows-no-health': [
    ['apps/api/src/platform/access.ts', 'apps/api/src/kernel/audit.ts'],
    ['apps/api/src/platform/live.ts', `${slice}/open-gp-search.ts`],
    ['apps/api/src/platform/session.ts', '@maillage/contracts/cases'],
  ],
  'kernel-knows-no-slice': [['apps/api/src/kernel/move-case.ts', `${slice}/gp-search.machine.ts`]],
  'slices-do-not-meet': [[`${slice}/close-gp-search.ts`, 'apps/api/src/features/proposals/withdraw-proposal.ts']],
  'app-is-imported-by-processes': [[`${slice}/get-gp-search.ts`, 'apps/api/src/app.ts']],
  'processes-are-not-imported': [['apps/api/src/platform/config.ts', 'apps/api/src/main.ts']],
  'api-knows-no-screen': [['apps/api/seeds/demo.ts', 'apps/web/src/platform/dates.ts']],
  'machines-are-pure': [
    [`${slice}/gp-search.machine.ts`, 'drizzle-orm'],
    [`${slice}/gp-search.priority.ts`, `${slice}/gp-search.store.ts`],
    [`${slice}/gp-search.deadlines.ts`, 'apps/api/src/kernel/audit.ts'],
    ['apps/api/src/features/proposals/proposals.machine.ts', 'node:crypto'],
  ],
  'pure-kernel-is-pure': [
    ['apps/api/src/kernel/machine.ts', 'drizzle-orm'],
    ['apps/api/src/kernel/calendar.ts', 'apps/api/src/kernel/audit.ts'],
  ],
  'only-routes-speak-http': [
    [`${slice}/gp-search.store.ts`, 'fastify'],
    [`${slice}/assign-practitioner.ts`, '@fastify/jwt'],
    ['apps/api/src/kernel/visible-to.ts', 'fastify'],
  ],
  'routes-hold-no-sql': [
    [`${slice}/gp-search.routes.ts`, 'drizzle-orm'],
    [`${slice}/gp-search.pages.ts`, 'drizzle-orm'],
  ],
  'routes-are-mounted-by-the-app': [[`${slice}/list-gp-searches.ts`, `${slice}/gp-search.routes.ts`]],
  'tables-hold-columns': [[`${slice}/gp-search.table.ts`, `${slice}/gp-search.store.ts`]],
  'web-imports-only-contracts': [
    ['apps/web/src/platform/session.ts', 'apps/api/src/platform/problems.ts'],
    ['apps/web/src/platform/live.ts', '@maillage/embedded-postgres'],
  ],
  'ui-knows-no-domain': [
    ['apps/web/src/ui/DataTable.vue', '@maillage/contracts/cases'],
    ['apps/web/src/ui/PageHeader.vue', 'apps/web/src/platform/http.ts'],
    ['apps/web/src/ui/TextLink.vue', 'vue-router'],
  ],
  'web-platform-knows-no-case': [['apps/web/src/platform/paths.ts', 'apps/web/src/kernel/status.ts']],
  'web-kernel-knows-no-slice': [['apps/web/src/kernel/CaseHeader.vue', `${screens}/GpSearchForm.vue`]],
  'web-slices-do-not-meet': [[`${screens}/GpSearchPage.vue`, 'apps/web/src/features/proposals/ProposalList.vue']],
  'server-data-is-not-global': [[`${screens}/use-gp-search.ts`, 'pinia']],
  'journeys-see-what-people-see': [
    ['apps/e2e/journeys/gp-search.e2e.ts', 'apps/api/src/platform/clock.ts'],
    ['apps/bench/load.ts', 'apps/web/src/platform/dates.ts'],
  ],
}

/** The ordinary imports of the house: a wall that stopped one of them would stop the work. */
const lawful: readonly Edge[] = [
  ['apps/api/src/main.ts', 'apps/api/src/app.ts'],
  ['apps/api/src/cli.ts', 'apps/api/src/app.ts'],
  ['apps/api/test/build-test-app.ts', 'apps/api/src/app.ts'],
  ['apps/api/src/app.ts', `${slice}/gp-search.routes.ts`],
  ['apps/api/src/app.ts', 'fastify'],
  ['apps/api/src/platform/roles.ts', '@maillage/contracts/roles'],
  ['apps/api/src/platform/ids.ts', '@maillage/contracts/kit/ids'],
  ['apps/api/src/kernel/machine.ts', 'apps/api/src/platform/problems.ts'],
  [`${slice}/gp-search.machine.ts`, 'apps/api/src/kernel/machine.ts'],
  [`${slice}/gp-search.machine.ts`, '@maillage/contracts/cases'],
  [`${slice}/gp-search.deadlines.ts`, 'apps/api/src/kernel/calendar.ts'],
  [`${slice}/gp-search.store.ts`, 'drizzle-orm'],
  [`${slice}/gp-search.routes.ts`, 'fastify'],
  [`${slice}/gp-search.routes.ts`, `${slice}/assign-practitioner.ts`],
  [`${slice}/assign-practitioner.ts`, 'apps/api/src/kernel/audit.ts'],
  [`${slice}/assign-practitioner.db.test.ts`, 'apps/api/test/build-test-app.ts'],
  [`${slice}/gp-search.table.ts`, 'apps/api/src/kernel/case.table.ts'],
  ['apps/api/src/kernel/cpts.table.ts', 'apps/api/src/kernel/calendar.ts'],
  ['packages/contracts/src/cases.ts', 'zod'],
  ['packages/contracts/src/cases.ts', 'packages/contracts/src/kit/ids.ts'],
  ['packages/contracts/src/cases.test.ts', 'vitest'],
  ['apps/web/src/router.ts', `${screens}/gp-search.routes.ts`],
  ['apps/web/src/platform/preferences.ts', 'pinia'],
  ['apps/web/src/ui/EmptyState.vue', 'vue'],
  [`${screens}/GpSearchPage.vue`, 'apps/web/src/ui/EmptyState.vue'],
  [`${screens}/GpSearchPage.vue`, 'apps/web/src/kernel/status.ts'],
  [`${screens}/GpSearchPage.vue`, '@maillage/contracts/cases'],
  ['apps/e2e/journeys/proposals.e2e.ts', '@maillage/embedded-postgres'],
  ['apps/bench/load.ts', '@maillage/embedded-postgres'],
  ['apps/bench/load.ts', 'packages/many-cases/src/fill.ts'],
  ['apps/api/test/plans.db.test.ts', 'packages/many-cases/src/fill.ts'],
]

let root = ''
let result: ICruiseResult

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'maillage-walls-'))
  layTree([...Object.values(refused).flat(), ...lawful])
  const options: ICruiseOptions = await extractOptions(config)
  const cruised = await cruise(['apps', 'packages'], { ...options, baseDir: root }, options.enhancedResolveOptions)
  if (typeof cruised.output === 'string') throw new Error('expected a result, not a report')
  result = cruised.output
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

test('every wall has a proof, and every proof a wall', () => {
  // The configuration is CommonJS and carries no type: only the names are read here.
  const { forbidden } = createRequire(import.meta.url)(config) as { forbidden: { name: string }[] }
  expect(Object.keys(refused).sort()).toEqual(forbidden.map((rule) => rule.name).sort())
})

test.each(Object.entries(refused))('%s refuses what it is there for', (rule, edges) => {
  for (const [from, to] of edges) expect(rulesBrokenBy(from, to)).toContain(rule)
})

test.each(lawful)('%s may import %s', (from, to) => {
  expect(dependenciesOf(from).some((edge) => leadsTo(edge.resolved, to))).toBe(true)
  expect(rulesBrokenBy(from, to)).toEqual([])
})

/** Writes each file of the edges with its imports, and the packages that they name. */
function layTree(edges: readonly Edge[]): void {
  const imports = new Map<string, Set<string>>()
  for (const [from, to] of edges) {
    imports.set(from, (imports.get(from) ?? new Set()).add(specifier(from, to)))
    if (!isPackage(to)) imports.set(to, imports.get(to) ?? new Set())
  }
  for (const file of ['cases', 'roles', 'kit/ids'])
    imports.set(`packages/contracts/src/${file}.ts`, new Set(imports.get(`packages/contracts/src/${file}.ts`)))
  imports.set('packages/embedded-postgres/src/index.ts', new Set())
  for (const [file, specifiers] of imports) write(file, sourceOf(file, [...specifiers]))
  layPackages()
}

function layPackages(): void {
  const names = ['drizzle-orm', 'fastify', '@fastify/jwt', 'pinia', 'vitest', 'vue', 'vue-router', 'zod']
  for (const name of names) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }))
    write(`node_modules/${name}/index.js`, '')
  }
  write('packages/contracts/package.json', JSON.stringify({ exports: { './*': './src/*.ts' } }))
  write('packages/embedded-postgres/package.json', JSON.stringify({ exports: { '.': './src/index.ts' } }))
  mkdirSync(join(root, 'node_modules/@maillage'), { recursive: true })
  for (const name of ['contracts', 'embedded-postgres']) {
    symlinkSync(join(root, 'packages', name), join(root, 'node_modules/@maillage', name))
  }
}

function write(file: string, content: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), content)
}

function sourceOf(file: string, specifiers: readonly string[]): string {
  const lines = specifiers.map((name, index) => `import type { T as T${index} } from '${name}'`)
  const script = [...lines, 'export type T = string'].join('\n')
  return file.endsWith('.vue')
    ? `<script setup lang="ts">\n${lines.join('\n')}\n</script>\n<template><p>…</p></template>\n`
    : `${script}\n`
}

function isPackage(target: string): boolean {
  return target.startsWith('@') || target.startsWith('node:') || !target.includes('/')
}

function specifier(from: string, to: string): string {
  if (isPackage(to)) return to
  const path = relative(dirname(from), to)
  return path.startsWith('.') ? path : `./${path}`
}

function leadsTo(resolved: string, to: string): boolean {
  if (to.startsWith('@maillage/embedded-postgres')) return resolved === 'packages/embedded-postgres/src/index.ts'
  if (to.startsWith('@maillage/contracts/'))
    return resolved === `packages/contracts/src/${to.slice('@maillage/contracts/'.length)}.ts`
  if (to.startsWith('node:')) return resolved === to.slice('node:'.length)
  return isPackage(to) ? resolved === to || resolved.startsWith(`node_modules/${to}/`) : resolved === to
}

function dependenciesOf(from: string): IDependency[] {
  return result.modules.find((module) => module.source === from)?.dependencies ?? []
}

function rulesBrokenBy(from: string, to: string): string[] {
  const edges = dependenciesOf(from).filter((edge) => leadsTo(edge.resolved, to))
  return edges.flatMap((edge) => edge.rules?.map((rule) => rule.name) ?? [])
}
