import { type CptsId, ProposalId } from '@maillage/contracts/kit/ids'
import { systemActor } from '../../../kernel/actor.ts'
import type { Deps, OfferTold } from '../../../kernel/context.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import type { Db } from '../../../platform/db/database.ts'
import type { Paper, PaperLine, PaperSection } from '../../../platform/pdf/paper.ts'
import { findHeld, type Held } from './call-sheet.store.ts'
import { bornInWords, capital, markInWords, momentInWords, needInWords, phoneInWords } from './sheet-words.ts'

/**
 * The call sheet of an accepted proposal, in the order of the one that the screens print: whom to call, what is asked, who
 * comes along, the visit. It tells what whoever accepted reads in Maillage and nothing else: neither the notes of the
 * coordination nor whom else it asked. Reading it leaves a line of the trail. Undefined once the proposal is given back.
 */
export async function writeCallSheet(
  tx: Db,
  { kinds, now }: Pick<Deps, 'kinds' | 'now'>,
  cptsId: CptsId,
  proposalId: string,
): Promise<Paper | undefined> {
  const held = await findHeld(tx, cptsId, ProposalId.parse(proposalId))
  if (!held) return undefined
  const { row, proposal } = held
  const [told] = await kinds[row.kind].describeOffers(tx, cptsId, [{ row, needId: proposal.needId }])
  if (!told) return undefined
  const at = now()
  await recordAudit(tx, systemActor(cptsId), {
    action: 'call-sheet.write',
    at,
    caseId: row.id,
    patientId: row.patientId,
  })
  return toPaper(held, told, at)
}

function toPaper(held: Held, told: OfferTold, at: Date): Paper {
  const { row, patient, timeZone } = held
  const cpts = /^CPTS\b/i.test(held.cpts) ? held.cpts : `CPTS ${held.cpts}`
  const born = bornInWords(patient.sex, patient.birthDate, at, timeZone)
  return {
    title: `Fiche d’appel ${row.reference}`,
    kicker: `Fiche d’appel · ${row.reference}`,
    heading: `${patient.firstName} ${patient.lastName}`,
    under: `${born}, ${held.municipality}`,
    aside: [`Pour ${held.practitioner}`, held.owner ? `Suivi par ${held.owner}` : cpts],
    sections: [callSection(held), needSection(held, told), householdSection(held, told, at), visitSection(held)],
    notes: 'Notes',
    foot: `Document confidentiel · adressé par MSSanté, ${cpts}, le ${momentInWords(at, timeZone)} · à garder dans votre dossier ou à détruire après usage`,
    at,
  }
}

const parts = { guardian: 'parent ou tuteur', caregiver: 'aidant', trustedPerson: 'personne de confiance' } as const

function callSection({ patient, municipality }: Held): PaperSection {
  const around = (part: keyof typeof parts): PaperLine[] => {
    const person = patient[part]
    if (!person) return []
    const tie = [parts[part], person.relationship].filter(Boolean).join(', ')
    return [{ strong: person.phone ? phoneInWords(person.phone) : 'sans numéro', text: `${person.name} (${tie})` }]
  }
  const name = `${patient.firstName} ${patient.lastName}`
  const own = patient.phones.map((phone, at) => ({
    strong: phoneInWords(phone),
    text: at === 0 ? name : 'autre numéro',
  }))
  const habits = [
    patient.hoursToCall && `à appeler ${patient.hoursToCall}`,
    patient.noVoicemail && 'ne pas laisser de message vocal',
    patient.interpreterLanguage && `interprète\u00A0: ${patient.interpreterLanguage}`,
  ].filter((one) => typeof one === 'string' && one !== '')
  const town = [patient.postalCode, municipality].filter(Boolean).join(' ')
  const address = [patient.addressLine, patient.addressComplement, town].filter(Boolean).join(', ')
  return {
    heading: 'Qui appeler',
    lines: [
      ...around('guardian'),
      ...(own.length > 0 ? own : [{ strong: 'sans téléphone', text: name }]),
      ...around('caregiver'),
      ...around('trustedPerson'),
      ...(habits.length > 0 ? [{ text: capital(habits.join(' · ')) }] : []),
      { text: `Adresse\u00A0: ${address}` },
      ...(patient.email ? [{ text: `E-mail\u00A0: ${patient.email}` }] : []),
    ],
  }
}

function needSection({ row }: Held, { preview, needText }: OfferTold): PaperSection {
  const marks = [...preview.marks.map(markInWords), preview.homeVisit ? 'visite à domicile' : undefined]
  const known = [...new Set(marks.filter((one) => one !== undefined))]
  return {
    heading: 'Le besoin',
    lines: [
      { strong: needInWords(row.kind, preview), text: '' },
      ...(needText ? [{ text: needText }] : []),
      ...(known.length > 0 ? [{ text: `À savoir\u00A0: ${known.join(', ')}` }] : []),
    ],
  }
}

const householdSection = ({ timeZone }: Held, { household }: OfferTold, at: Date): PaperSection => ({
  heading: 'Avec, dans le même foyer',
  lines: household.map(({ displayName, birthDate }) => ({
    strong: displayName,
    text: bornInWords('unknown', birthDate, at, timeZone),
  })),
})

function visitSection({ proposal, timeZone }: Held): PaperSection {
  const { appointmentAt, firstVisitAt } = proposal
  const visit = appointmentAt ?? firstVisitAt
  const what = appointmentAt ? 'Rendez-vous' : 'Première visite'
  return {
    heading: 'Prochaine étape',
    lines: [
      visit
        ? { strong: what, text: momentInWords(visit, timeZone) }
        : { text: 'Appeler la personne pour fixer le rendez-vous.' },
    ],
  }
}
