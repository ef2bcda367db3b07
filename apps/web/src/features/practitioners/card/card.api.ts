import {
  type AnswerPublication,
  type ChangeCard,
  PractitionerCard,
} from '@maillage/contracts/directory/practitioner-cards'
import type { Http } from '../../../platform/http.ts'

/** The calls of a card: its owner's, or the coordination's. */
export function cardApi(http: Http) {
  const at = (id: string): string => `/practitioners/${id}`
  return {
    card: (id: string, signal: AbortSignal) => http.get(`${at(id)}/card`, PractitionerCard, { signal }),
    change: (id: string, body: ChangeCard) => http.put(`${at(id)}/card`, body, PractitionerCard),
    confirm: (id: string, version: number) => http.post(`${at(id)}/confirmation`, { version }, PractitionerCard),
    publish: (id: string, body: AnswerPublication) => http.post(`${at(id)}/publication`, body, PractitionerCard),
  }
}
