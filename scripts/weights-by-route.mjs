/** What each address downloads on a first visit, as a Markdown table. Usage: node scripts/weights-by-route.mjs [dist] */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { root } from './build/root.mjs'
import { build } from './build.mjs'

const casePage = 'kernel/CasePage.vue'
const ward = 'features/hospital-discharge/ward'
/** Who opens an address, and the files that draw it. */
const routes = [
  ['/connexion', []],
  ['/choisir-un-role', ['features/accounts/ChooseRolePage.vue']],
  ['/accessibilite', ['features/accessibility-statement/AccessibilityStatementPage.vue']],
  ['/accueil', ['features/home/HomePage.vue']],
  ['/file', ['features/worklist/WorklistPage.vue']],
  ['/dossiers/MT-…', [casePage, 'features/gp-search/GpSearchPage.vue']],
  ['/dossiers/SNP-…', [casePage, 'features/unscheduled-care/UnscheduledCarePage.vue']],
  ['/dossiers/SH-…', [casePage, 'features/hospital-discharge/HospitalDischargePage.vue']],
  ['/nouvelle-demande', ['features/intake/IntakePage.vue']],
  ['/sorties', ['features/hospital-discharge/board/DischargeBoardPage.vue']],
  ['/sorties/SH-…/feuille', ['features/hospital-discharge/sheet/DischargeSheetPage.vue']],
  ['/annuaire', ['features/directory/DirectoryPage.vue']],
  ['/annuaire/…', ['features/directory/PractitionerPage.vue']],
  ['/passation', ['features/handover/HandOverPage.vue']],
  ['/absences', ['features/home/AbsencesPage.vue']],
  ['/reprises', ['features/waiting-list-import/ImportsPage.vue']],
  ['/reprises/…', ['features/waiting-list-import/ImportPage.vue']],
  ['/mes-demandes', ['features/intake/MyRequestsPage.vue']],
  ['/propositions', ['features/proposals/ProposalsPage.vue']],
  ['/propositions/…', ['features/proposals/ProposalPage.vue']],
  ['/mes-patients', ['features/practitioners/MyPatientsPage.vue']],
  ['/mes-places', ['features/practitioners/MyPlacesPage.vue']],
  ['/sorties-du-service', [`${ward}/WardDischargesPage.vue`]],
  ['/sorties-du-service/SH-…', [`${ward}/WardDischargePage.vue`]],
  ['/sorties-du-service/nouvelle', [`${ward}/form/WardNewPage.vue`]],
  ['/modeles-de-sortie', [`${ward}/templates/TemplatesPage.vue`]],
  ['/journal', ['features/audit-log/AuditLogPage.vue']],
]
/** Drawn with the frame of every address. */
const inEach = ['features/accounts/SignInPage.vue', 'features/accounts/NotFoundPage.vue']

const asked = process.argv[2]
const dist = asked ? path.resolve(asked) : path.join(root, 'apps/web/dist')
if (!asked) await build(['web'], () => undefined)
const listed = path.join(dist, '.vite/screens.json')
if (!existsSync(listed)) throw new Error('The build wrote no list of screens: see apps/web/vite-plugins/first-files.ts')
const { first, ...screens } = JSON.parse(readFileSync(listed, 'utf8'))

const known = new Set([...inEach, ...routes.flatMap(([, pages]) => pages)])
const forgotten = Object.keys(screens).filter((screen) => screen.endsWith('Page.vue') && !known.has(screen))
const gone = [...known].filter((screen) => !inEach.includes(screen) && !screens[screen])
if (forgotten.length + gone.length > 0)
  throw new Error(`Mend the list of routes: ${[...forgotten, ...gone].join(', ')}`)

const total = (files, pattern, compress) => {
  const bytes = files
    .filter((file) => pattern.test(file))
    .reduce((sum, file) => sum + compress(readFileSync(path.join(dist, file))).length, 0)
  return (bytes / 1000).toFixed(1).replace('.', ',')
}
const line = ([address, pages]) => {
  const files = [...new Set([...first, ...pages.flatMap((page) => screens[page])])]
  const cells = [
    `\`${address}\``,
    total(files, /\.js$/, gzipSync),
    total(files, /\.js$/, brotliCompressSync),
    total(files, /\.css$/, gzipSync),
    String(files.length),
  ]
  return `| ${cells.join(' | ')} |`
}
console.log(
  [
    '| adresse | JS gzip (ko) | JS brotli (ko) | CSS gzip (ko) | fichiers |',
    '|---|---:|---:|---:|---:|',
    ...routes.map(line),
  ].join('\n'),
)
