import { computed, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import { ageInWords } from '../../kernel/words/patient-words.ts'
import { professionLabels } from '../../kernel/words/profession-words.ts'
import { useNow } from '../../platform/clock.ts'
import { paths } from '../../platform/paths.ts'
import type { Explanation } from '../../platform/problem-text.ts'
import { useSession } from '../../platform/session.ts'
import { acts, behindScreens, navigation } from '../navigation.ts'
import { filled, matching, type PaletteGroup, type PaletteLine, titleOf } from './palette-groups.ts'
import { useRecentCases } from './recent-cases.ts'
import { type Found, usePaletteSearch } from './use-palette-search.ts'

interface Leading {
  to: (path: string) => () => unknown
  exists: (path: string) => boolean
}

/** The screens and what can be begun, for the role worn. */
function usePlaces({ to, exists }: Leading, help: () => void) {
  const session = useSession()
  return computed(() => {
    const role = session.role
    const screens: PaletteLine[] = (role ? navigation[role] : [])
      .filter((item) => exists(item.to))
      .map(({ label, icon, key, to: path }) => ({ label, icon, kbds: key ? ['g', key] : undefined, run: to(path) }))
    const beginnings: PaletteLine[] = (role ? acts[role] : [])
      .filter((act) => exists(act.to))
      .map(({ label, icon, keys, to: path }) => ({ label, icon, kbds: keys?.slice(0, 1), run: to(path) }))
    const behind: PaletteLine[] = (role ? (behindScreens[role] ?? []) : [])
      .filter((item) => exists(item.to))
      .map(({ label, icon, to: path }) => ({ label, icon, run: to(path) }))
    const about: PaletteLine[] = [
      { label: 'Raccourcis clavier', icon: 'i-lucide-keyboard', kbds: ['?'], run: help },
      { label: 'Accessibilité', icon: 'i-lucide-accessibility', run: to(paths.accessibility) },
    ].filter((line) => line.run === help || exists(paths.accessibility))
    return { screens: [...screens, ...behind, ...about], beginnings }
  })
}

function foundLines(found: Found, now: Date, { to, exists }: Leading): readonly PaletteGroup[] {
  const cases = found.cases.items.map((item) => ({
    label: `${item.firstName} ${item.lastName}${item.foundWith ? `, avec ${item.foundWith}` : ''}`,
    description: `${item.reference}, ${ageInWords(item.birthDate, now)}, ${item.municipality}`,
    icon: 'i-lucide-folder',
    run: to(paths.case(item.reference)),
  }))
  const inCases = new Set(found.cases.items.map(({ reference }) => reference))
  const patients = found.patients.items
    .filter(({ openCases }) => openCases.length === 0 || openCases.some(({ reference }) => !inCases.has(reference)))
    .map((patient) => {
      const open = patient.openCases.map(({ reference }) => reference)
      const first = open[0]
      return {
        label: `${patient.firstName} ${patient.lastName}`,
        description: `${ageInWords(patient.birthDate, now)}, ${patient.municipality}, ${open.join(', ') || 'aucun dossier ouvert\u00A0: nouvelle demande'}`,
        icon: 'i-lucide-user-round',
        run: to(first ? paths.case(first) : paths.newCase),
      }
    })
  const practitioners = found.practitioners.items.map((one) => {
    const own = `${paths.directory}/${one.id}`
    return {
      label: one.displayName,
      description: `${one.isGeneralPractitioner ? 'Médecin généraliste' : professionLabels[one.profession]}, ${one.municipality.name}`,
      icon: 'i-lucide-contact-round',
      run: to(exists(own) ? own : paths.directory),
    }
  })
  return [
    { id: 'cases', label: titleOf('Dossiers', found.cases), lines: cases },
    { id: 'patients', label: titleOf('Patients', found.patients), lines: patients },
    { id: 'practitioners', label: titleOf('Soignants', found.practitioners), lines: practitioners },
  ]
}

/** Everything that the palette offers for the words typed. */
export function usePaletteGroups(
  typed: Readonly<Ref<string>>,
  help: () => void,
): {
  groups: Readonly<Ref<readonly PaletteGroup[]>>
  failure: Readonly<Ref<Explanation | undefined>>
  busy: Readonly<Ref<boolean>>
  /** More may answer to these words than was looked at. */
  isPartial: Readonly<Ref<boolean>>
} {
  const router = useRouter()
  const now = useNow()
  const session = useSession()
  const recent = useRecentCases()
  const exists = (path: string): boolean => router.resolve(path).name !== 'not-found'
  const leading: Leading = { to: (path) => () => router.push(path), exists }
  const places = usePlaces(leading, help)
  const may = computed(() => ({
    people: session.role === 'coordinator',
    practitioners: session.role !== undefined && session.role !== 'administrator',
  }))
  const { found, failure, busy } = usePaletteSearch(typed, may)
  const readLately = computed<readonly PaletteLine[]>(() =>
    recent.value.map((reference) => ({
      label: reference,
      icon: 'i-lucide-history',
      run: leading.to(session.role === 'hospital_staff' ? paths.wardDischarge(reference) : paths.case(reference)),
    })),
  )
  const groups = computed(() =>
    filled([
      { id: 'recent', label: 'Dossiers lus récemment', lines: matching(readLately.value, typed.value) },
      ...foundLines(found.value, now.value, leading),
      { id: 'acts', label: 'Commencer', lines: matching(places.value.beginnings, typed.value) },
      { id: 'screens', label: 'Écrans', lines: matching(places.value.screens, typed.value) },
    ]),
  )
  const isPartial = computed(() => {
    const { cases, patients, practitioners } = found.value
    return ![cases, patients, practitioners].every(({ isWhole }) => isWhole)
  })
  return { groups, failure, busy, isPartial }
}
