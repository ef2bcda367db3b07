/** One text message, to one number in international form. */
export interface TextMessage {
  /** The same at every try of one message. */
  readonly id: string
  readonly to: string
  readonly text: string
}

/** Where text messages leave the house. A failure throws a `SendFailure`. */
export interface Texter {
  send(message: TextMessage): Promise<void>
  /** Said at the start, without any secret. */
  readonly describe: string
}

/** How the operator wants text messages to leave. */
export interface TexterSettings {
  readonly url: string | undefined
  readonly token: string | undefined
  /** Messages are written here when there is no gateway: a trial shows them. */
  readonly folder: string
}
