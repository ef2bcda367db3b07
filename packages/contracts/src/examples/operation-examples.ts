/** What one operation of the API takes and gives, shown in its OpenAPI document; every person in it is invented. */
export interface OperationExample {
  /** Bodies that the operation takes, each by the name that the document gives it. */
  readonly bodies?: Readonly<Record<string, unknown>>
  /** Its successful answer. */
  readonly answer?: unknown
  /** The same where it is no JSON: what a stream says. */
  readonly text?: string
}

/** By operation id. */
export type OperationExamples = Readonly<Record<string, OperationExample>>
