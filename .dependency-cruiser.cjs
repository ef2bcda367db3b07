/**
 * Who may import whom. Each rule is proved by an import that it must refuse, in scripts/walls.test.ts:
 * a rule without a proof there fails that test, so a wall cannot stop standing unnoticed.
 */
const api = '^apps/api/src'
const web = '^apps/web/src'
const contracts = '^packages/contracts/src'
const test = ['\\.(test|e2e)\\.ts$', '^apps/api/test/', '^apps/web/test/']

/** A package wherever pnpm keeps it: the resolved path ends with node_modules/<name>/. */
const npm = (...names) => `node_modules/(${names.join('|')})/`

/** The files of the kernel that hold no input, output nor time: the machines may lean on them. */
const pureKernel = `${api}/kernel/((machine|calendar|deadlines)(\\.ts$|/)|[^/]+\\.pure\\.ts$)`

/** A slice's rules as data and as pure functions. */
const pureSlice = `${api}/features/[^/]+/[^/]+\\.(machine|priority|deadlines)\\.ts$`

const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const everywhere = [
  error('no-cycle', 'A knot of files cannot be read, tested or moved one by one.', {}, { circular: true }),
  error('imports-resolve', 'An import must lead to a file or to an installed package.', {}, { couldNotResolve: true }),
  error(
    'production-knows-no-test',
    'A test leans on the code, never the other way.',
    { path: '^(apps|packages)/[^/]+/src/', pathNot: test },
    { path: [...test, npm('vitest', 'fast-check')] },
  ),
]

const packages = [
  error(
    'contracts-stand-alone',
    'Contracts run in the browser and on the server: Zod and the identifier libraries, nothing of Node nor of an app.',
    { path: contracts, pathNot: test },
    { pathNot: [contracts, npm('zod', 'libphonenumber-js', 'stdnum', 'uuid')] },
  ),
  error(
    'contracts-kit-knows-no-noun',
    'The kit serves every contract and names none.',
    { path: `${contracts}/kit/` },
    { path: contracts, pathNot: `${contracts}/kit/` },
  ),
  error(
    'embedded-postgres-knows-no-table',
    'The launcher starts a server; what is stored in it is not its business.',
    { path: '^packages/embedded-postgres/' },
    { path: '^(apps|packages)/', pathNot: '^packages/embedded-postgres/' },
  ),
  error(
    'many-cases-stands-alone',
    'Invented rows are SQL against the schema as it is: no code of an app, which they are there to measure and to test.',
    { path: '^packages/many-cases/', pathNot: test },
    { path: '^(apps|packages)/', pathNot: '^packages/many-cases/' },
  ),
  error(
    'many-cases-serve-no-product',
    'What invents a million people, or vouches for anybody, must not lie in a program that serves real ones.',
    { path: '^(apps/(api|web)|packages)/', pathNot: ['^packages/(many-cases|invented-provider)/', ...test] },
    { path: '^packages/(many-cases|invented-provider)/' },
  ),
]

const rooms = [
  error(
    'platform-knows-no-health',
    'Technique only: of the contracts it sees the kit and the roles.',
    { path: `${api}/platform/`, pathNot: test },
    { path: [`${api}/(kernel|features)/`, contracts], pathNot: `${contracts}/(kit/|roles\\.ts$)` },
  ),
  error(
    'kernel-knows-no-slice',
    'The kernel receives a machine as an argument, or calls a slice through its CaseKind.',
    { path: `${api}/kernel/`, pathNot: test },
    { path: `${api}/features/` },
  ),
  error(
    'slices-do-not-meet',
    'What two slices share is a fact of the kernel, or two calls of the page.',
    { path: `${api}/features/([^/]+)/`, pathNot: test },
    { path: `${api}/features/`, pathNot: `${api}/features/$1/` },
  ),
  error(
    'app-is-imported-by-processes',
    'A room that imports the app imports every other room.',
    { pathNot: [`${api}/(main|cli)\\.ts$`, `${api}/cli/`, ...test] },
    { path: `${api}/app\\.ts$` },
  ),
  error('processes-are-not-imported', 'A process is started, never imported.', {}, { path: `${api}/(main|cli)\\.ts$` }),
  error(
    'api-knows-no-screen',
    'The API ignores who shows its answers.',
    { path: '^apps/api/' },
    { path: '^apps/(?!api/)' },
  ),
]

const files = [
  error(
    'machines-are-pure',
    'A rule is data and pure functions: no database, no HTTP, no clock, so that it is tested cell by cell.',
    { path: pureSlice },
    { pathNot: [contracts, pureKernel, pureSlice, npm('zod')] },
  ),
  error(
    'pure-kernel-is-pure',
    'What the machines lean on must be as pure as they are.',
    { path: pureKernel, pathNot: test },
    {
      path: [
        `${api}/`,
        npm('drizzle-orm', 'pg', 'fastify', '@fastify', 'graphile-worker'),
        '^(node:)?(fs|http|net|child_process|timers)',
      ],
      pathNot: [pureKernel, `${api}/platform/problem[^/]*\\.ts$`],
    },
  ),
  error(
    'only-routes-speak-http',
    'Acts and stores know no request nor reply: a job and a test call them the same way. A page is a route that answers HTML.',
    { path: `${api}/(features|kernel)/`, pathNot: ['\\.(routes|pages)\\.ts$', ...test] },
    { path: npm('fastify', '@fastify', 'fastify-type-provider-zod') },
  ),
  error(
    'routes-hold-no-sql',
    'A route translates HTTP into an act; the SQL is in the store.',
    { path: `${api}/.+\\.(routes|pages)\\.ts$` },
    { path: npm('drizzle-orm', 'pg') },
  ),
  error(
    'routes-are-mounted-by-the-app',
    'A route is an end of the road: only the list in app.ts mounts it.',
    { pathNot: [`${api}/app\\.ts$`, ...test] },
    { path: `${api}/.+\\.routes\\.ts$` },
  ),
  error(
    'tables-hold-columns',
    'A table is columns, checks and indexes: it calls no store and no act.',
    { path: `${api}/.+\\.table\\.ts$` },
    { path: `${api}/(features|kernel)/`, pathNot: ['\\.table\\.ts$', pureKernel] },
  ),
]

const screens = [
  error(
    'web-imports-only-contracts',
    'Of the workspace, the browser receives the contracts and nothing else.',
    { path: '^apps/web/' },
    { path: '^(apps|packages)/', pathNot: ['^apps/web/', contracts] },
  ),
  error(
    'ui-knows-no-domain',
    'Props in, events out: view libraries only.',
    { path: `${web}/ui/`, pathNot: test },
    {
      pathNot: [
        `${web}/ui/`,
        npm('vue', '@vue', '@nuxt/ui', '@vueuse/[^/]+', '@internationalized/date', '@tanstack/vue-virtual'),
      ],
    },
  ),
  error(
    'web-platform-knows-no-case',
    'Session, HTTP and paths serve every screen and know none.',
    { path: `${web}/platform/`, pathNot: test },
    { path: `${web}/(kernel|features)/` },
  ),
  error(
    'web-kernel-knows-no-slice',
    'The words and marks that every case shares; a slice brings its own.',
    { path: `${web}/kernel/`, pathNot: test },
    { path: `${web}/features/` },
  ),
  error(
    'web-slices-do-not-meet',
    'A screen leads to another slice by the name of its route.',
    { path: `${web}/features/([^/]+)/`, pathNot: test },
    { path: `${web}/features/`, pathNot: `${web}/features/$1/` },
  ),
  error(
    'server-data-is-not-global',
    'Pinia holds the session and the preferences; what the server owns lives in the page.',
    { path: `${web}/(ui|kernel|features)/`, pathNot: test },
    { path: npm('pinia') },
  ),
  error(
    'journeys-see-what-people-see',
    'End-to-end tests and measurements drive the built product from outside.',
    { path: '^apps/(e2e|bench)/' },
    { path: '^apps/(api|web)/' },
  ),
]

module.exports = {
  forbidden: [...everywhere, ...packages, ...rooms, ...files, ...screens],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|test-results|playwright-report)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.vue', '.mjs', '.cjs', '.js', '.json', '.css'],
    },
  },
}
