/** What a phone downloads, screen by screen, as the build wrote it: a screen that passes its budget fails. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './build/root.mjs'
import { build } from './build.mjs'
import { report } from './source-files.mjs'

/** Kilobytes of JavaScript, gzipped: who arrives, where, and all that their first screen may load. */
const arrivals = [
  { who: 'praticien', screen: 'features/proposals/ProposalPage.vue', budget: 230 },
  { who: 'service', screen: 'features/hospital-discharge/ward/WardDischargesPage.vue', budget: 230 },
  { who: 'coordination', screen: 'features/worklist/WorklistPage.vue', budget: 320 },
]
/** What one more screen adds on the doctor's phone. */
const doctorBudget = 60
const doctorScreens = [
  'features/proposals/ProposalsPage.vue',
  'features/proposals/ReasonSheet.vue',
  'features/proposals/AcceptedProposal.vue',
  'features/practitioners/MyPatientsPage.vue',
  'features/practitioners/MyPlacesPage.vue',
  'layout/AccountMenu.vue',
]
/** On a desk, the first screen and one more together: what moves from the first to the second makes nobody wait longer. */
const deskBudget = 430

const dist = path.join(root, 'apps/web/dist')
await build(['web'], () => undefined)
const listed = path.join(dist, '.vite/screens.json')
if (!existsSync(listed)) throw new Error('The build wrote no list of screens: see apps/web/vite-plugins/first-files.ts')
const { first, ...screens } = JSON.parse(readFileSync(listed, 'utf8'))

const sizes = new Map()
function sizeOf(file) {
  if (!file.endsWith('.js')) return 0
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(path.join(dist, file))).length / 1000)
  return sizes.get(file)
}
const weigh = (files) => [...new Set(files)].reduce((sum, file) => sum + sizeOf(file), 0)

const filesOf = (screen) => {
  if (!screens[screen]) throw new Error(`The build holds no ${screen}: mend the lists of check-weights.mjs`)
  return screens[screen]
}
const lines = []
const faults = []
const judge = (words, size, budget) => {
  lines.push(`${size.toFixed(1).padStart(6)} kB of ${budget}  ${words}`)
  if (size > budget) faults.push(`${words}: ${size.toFixed(1)} kB, ${budget} allowed`)
}
const known = arrivals.map(({ screen }) => new Set([...first, ...filesOf(screen)]))
// Ward and coordination; the doctor's screens have their own measure.
const desks = known.slice(1)
const added = (screen, have) => weigh(filesOf(screen).filter((file) => !have.has(file)))

for (const [index, { who, screen, budget }] of arrivals.entries()) {
  judge(`first screen, ${who} (${screen})`, weigh(known[index]), budget)
}
for (const screen of Object.keys(screens).sort()) {
  if (doctorScreens.includes(screen)) judge(screen, added(screen, known[0]), doctorBudget)
  else judge(screen, Math.max(...desks.map((have) => weigh(have) + added(screen, have))), deskBudget)
}
// Renamed or gone: the list must say so.
doctorScreens.forEach(filesOf)

console.log(lines.join('\n'))
report('Screens heavier than their budget: load apart what the first look does not need', faults)
