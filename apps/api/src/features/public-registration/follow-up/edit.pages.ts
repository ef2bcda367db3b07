import { anybody as open, type PageApp, type PageReply } from '../../../platform/pages/page-door.ts'
import { ProblemError } from '../../../platform/problem-error.ts'
import { deskSaid } from '../desk-said.ts'
import { drawnFaults, drawnSections } from '../form/drawn-fields.ts'
import { type Fault, namesIn, type Section } from '../form/field.ts'
import { addressSection, contactSection, preferenceSections, situationSections } from '../form/questions.ts'
import { readContact, readSituation, readWishes } from '../form/read-steps.ts'
import type { Answers } from '../public-registration.table.ts'
import type { PageRoutesDeps } from '../registration.pages.ts'
import { changeOwnDetails, changeOwnPatient } from './change-follow-up.ts'
import { answersFrom, describedAs, withSituation, withWishes } from './own-answers.ts'
import type { FollowUp } from './read-follow-up.ts'
import { acted, type FollowUpCall, visited } from './visits.ts'

const pages = 'features/public-registration/pages'
/** What an author may change, by page: the questions, what they are wrong in, and the act. */
interface Edit {
  readonly name: string
  readonly title: string
  sections(followUp: FollowUp): readonly Section[]
  versionOf(followUp: FollowUp): number
  faultsOf(answers: Answers, followUp: FollowUp): readonly Fault[]
  save(deps: PageRoutesDeps, call: FollowUpCall, version: number, answers: Answers): Promise<void>
}

const communeField = ({ places, patient }: FollowUp): Section => ({
  legend: 'Votre commune',
  hint: 'Vous partez pour une commune qui n’est pas dans cette liste ? Appelez la coordination : elle vous dira à qui vous adresser.',
  fields: [
    {
      name: 'commune',
      kind: 'select',
      label: 'Commune',
      options: places.some(({ code }) => code === patient.municipalityCode)
        ? places.map(({ code, name }) => ({ value: code, label: name }))
        : [
            { value: patient.municipalityCode, label: 'La même qu’aujourd’hui' },
            ...places.map(({ code, name }) => ({ value: code, label: name })),
          ],
    },
  ],
})

const contacts: Edit = {
  name: 'coordonnees',
  title: 'Mes coordonnées et mon adresse',
  sections: (followUp) => [contactSection, addressSection, communeField(followUp)],
  versionOf: ({ patient }) => patient.version,
  faultsOf: (answers, { places, patient }) => {
    const { faults = [] } = readContact(answers)
    const isKnown = answers.commune === patient.municipalityCode || places.some(({ code }) => code === answers.commune)
    return isKnown ? faults : [...faults, { field: 'commune', text: 'Choisissez une commune de la liste' }]
  },
  save: (deps, { key, request }, version, answers) => {
    const { value } = readContact(answers)
    if (!value) return Promise.resolve()
    const { email, phones, line, postalCode } = value
    return changeOwnPatient(deps, { key, version, requestId: request.id }, (patient) => {
      const { email: _email, address, ...known } = describedAs(patient)
      return {
        ...known,
        // The first number is the one of this page; others, which the coordination noted, stay.
        phones: [...new Set([...phones, ...patient.phones.slice(1)])],
        ...(email ? { email } : {}),
        address: {
          ...(address.complement ? { complement: address.complement } : {}),
          ...(line ? { line } : {}),
          ...(postalCode ? { postalCode } : {}),
          municipality: answers.commune ?? address.municipality,
        },
      }
    })
  },
}

const situation: Edit = {
  name: 'situation',
  title: 'Ma situation',
  sections: () => situationSections,
  versionOf: ({ row }) => row.version,
  faultsOf: (answers) => readSituation(answers).faults ?? [],
  save: (deps, { key, request }, version, answers) => {
    const { value } = readSituation(answers)
    if (!value) return Promise.resolve()
    return changeOwnDetails(deps, { key, version, requestId: request.id }, (known) => withSituation(known, value))
  },
}

const wishes: Edit = {
  name: 'souhaits',
  title: 'Mes souhaits',
  sections: () => preferenceSections,
  versionOf: ({ row }) => row.version,
  faultsOf: (answers) => readWishes(answers).faults ?? [],
  save: (deps, { key, request }, version, answers) => {
    const { value } = readWishes(answers)
    if (!value) return Promise.resolve()
    return changeOwnDetails(
      deps,
      { key, version, requestId: request.id },
      (known) => withWishes(known, value.details),
      (patient) => {
        const {
          interpreterLanguage: _language,
          hoursToCall: _hours,
          noVoicemail: _voicemail,
          ...known
        } = describedAs(patient)
        return { ...known, ...value.patient }
      },
    )
  },
}

/** The pages on which an author corrects their own request; stale ones keep what was typed and show it again. */
export function editPages(app: PageApp, deps: PageRoutesDeps): void {
  for (const edit of [contacts, situation, wishes]) {
    const path = `/suivi/dossier/${edit.name}`
    app.get(path, open, (request, reply) =>
      visited(deps, request, reply, (call) => {
        const { patient, search } = call.followUp
        return showEdit(deps, call, edit, { answers: answersFrom(patient, search.details) })
      }),
    )
    app.post(path, open, (request, reply) => {
      const form = deps.door.formOf(request)
      return visited(deps, request, reply, (call) => saveEdit(deps, call, edit, form))
    })
  }
}

interface Shown {
  readonly answers: Answers
  readonly faults?: readonly Fault[]
  readonly said?: string
}

function showEdit(deps: PageRoutesDeps, call: FollowUpCall, edit: Edit, shown: Shown): PageReply {
  const { request, reply, followUp } = call
  const { answers, faults = [], said = null } = shown
  const sections = edit.sections(followUp)
  const values = {
    ...deskSaid(followUp.desk),
    title: edit.title,
    name: edit.name,
    said,
    version: edit.versionOf(followUp),
    sections: drawnSections(sections, answers, faults),
    faults: faults.length > 0 ? drawnFaults(sections, faults) : null,
  }
  return deps.door.send(request, reply, `${pages}/follow-up-edit`, values, faults.length > 0 || said ? 422 : 200)
}

const changedMeanwhile =
  'La coordination a modifié votre demande pendant que vous écriviez. Voici ce que vous aviez écrit : vérifiez, puis enregistrez à nouveau.'

async function saveEdit(
  deps: PageRoutesDeps,
  call: FollowUpCall,
  edit: Edit,
  form: Readonly<Record<string, string>>,
): Promise<PageReply> {
  const { followUp } = call
  const names = namesIn(edit.sections(followUp))
  const answers = Object.fromEntries(names.map((name) => [name, (form[name] ?? '').slice(0, 4000)]))
  const faults = edit.faultsOf(answers, followUp)
  if (faults.length > 0) return showEdit(deps, call, edit, { answers, faults })
  try {
    const version = Number(form.version)
    return await acted(call.reply, () => edit.save(deps, call, version, answers), 'enregistre')
  } catch (error) {
    const isStale = error instanceof ProblemError && (error.code === 'case-changed' || error.code === 'version-stale')
    if (!isStale) throw error
    return showEdit(deps, call, edit, { answers, said: changedMeanwhile })
  }
}
