/** One answer among several. */
export interface Option {
  readonly value: string
  readonly label: string
}

/** One question as it is put on a page, whoever draws it. */
export interface Field {
  readonly name: string
  readonly kind: 'text' | 'email' | 'tel' | 'number' | 'day' | 'choice' | 'select' | 'tick' | 'long'
  readonly label: string
  readonly hint?: string
  readonly options?: readonly Option[]
  /** The browser's own word for what it knows already of the person. */
  readonly autocomplete?: string
  /** Characters at most. */
  readonly most?: number
  readonly isOptional?: boolean
}

/** Questions that go together, under one legend. */
export interface Section {
  readonly legend: string
  readonly hint?: string
  readonly fields: readonly Field[]
}

/** Something that an answer lacks, told beside its question and at the top of the page. */
export interface Fault {
  readonly field: string
  readonly text: string
}

export const dayParts = ['Day', 'Month', 'Year'] as const

/** The names under which a question's answer travels: a day is three. */
export const namesOf = ({ kind, name }: Field): string[] =>
  kind === 'day' ? dayParts.map((part) => `${name}${part}`) : [name]

/** Every name of these sections. */
export const namesIn = (sections: readonly Section[]): string[] =>
  sections.flatMap(({ fields }) => fields.flatMap(namesOf))
