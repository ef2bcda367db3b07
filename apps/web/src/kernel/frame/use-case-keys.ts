import { nextTick } from 'vue'
import { useRouter } from 'vue-router'
import { useShortcuts } from '../../platform/keys.ts'
import { paths } from '../../platform/paths.ts'
import type { CaseAct, SplitActs } from '../acts/case-acts.ts'
import type { CaseView } from '../case-pages.ts'
import type { QueuePlace } from '../queue-order.ts'
import type { Story } from '../story/use-story.ts'

interface Keyed {
  view: CaseView
  acts: () => SplitActs
  story: Story
  place: () => QueuePlace | undefined
  /** False where nothing can be edited now. */
  edit: () => unknown
  /** Where a field of this case is looked for. */
  root: () => ParentNode | null | undefined
}

/** The acts that judge a case first, one a kind: « t ». */
const triages: readonly string[] = ['qualify', 'triage', 'acknowledge', 'start']

const find = (acts: SplitActs, keys: readonly string[]): CaseAct | undefined =>
  [acts.primary, ...acts.others].find((one) => one && keys.includes(one.key) && one.refusedBecause === undefined)

/** Brings the keyboard to the first element that a selector finds; false when there is none. */
function focusOn(root: ParentNode | null | undefined, selector: string): boolean {
  const target = root?.querySelector<HTMLElement>(selector)
  target?.focus()
  target?.scrollIntoView({ block: 'nearest' })
  return target !== null && target !== undefined
}

/** The keys of a case, on its page and in the pane. A key whose act is not possible now goes to whoever comes next. */
export function useCaseKeys({ view, acts, story, place, edit, root }: Keyed): void {
  const router = useRouter()
  const run = (one: CaseAct | undefined): boolean => {
    one?.run()
    return one !== undefined
  }
  const write = async (adding: 'note' | 'attempt', selector: string): Promise<void> => {
    story.adding.value = adding
    await nextTick()
    focusOn(root(), selector)
  }
  const go = (reference: string | undefined): boolean => {
    if (view !== 'page' || reference === undefined) return false
    void router.push(paths.case(reference))
    return true
  }
  useShortcuts('Dossier', [
    {
      keys: 'a',
      label: 'Proposer à la personne choisie',
      // Nobody chosen yet: the list of those who could come.
      run: () => run(find(acts(), ['propose'])) || focusOn(root(), '.candidates input'),
    },
    { keys: 't', label: 'Trier', run: () => run(find(acts(), triages)) },
    { keys: 'l', label: 'Noter un appel', run: () => write('attempt', '.story form:not([style*="none"]) button') },
    { keys: 'm', label: 'Écrire une note', run: () => write('note', '.story textarea') },
    { keys: 'e', label: 'Modifier la demande', run: edit },
    { keys: 'j', label: 'Dossier suivant de la file', run: () => go(place()?.next), when: () => view === 'page' },
    { keys: 'k', label: 'Dossier précédent de la file', run: () => go(place()?.previous), when: () => view === 'page' },
  ])
}

/** The key written in the button of the next step, where it has one. */
export function keyOf(act: CaseAct | undefined): string | undefined {
  if (act?.key === 'propose') return 'A'
  return act && triages.includes(act.key) ? 'T' : undefined
}
