/** A line: its first words may stand out. */
export interface PaperLine {
  readonly strong?: string
  readonly text: string
}

export interface PaperSection {
  readonly heading: string
  readonly lines: readonly PaperLine[]
}

/** One A4 page, by what it says. */
export interface Paper {
  /** In the properties of the file, which a reader shows as its title. */
  readonly title: string
  readonly kicker: string
  readonly heading: string
  readonly under: string
  /** Beside the heading, at the right. */
  readonly aside: readonly string[]
  readonly sections: readonly PaperSection[]
  /** Over ruled lines that fill what is left of the page. */
  readonly notes: string
  readonly foot: string
  readonly at: Date
}
