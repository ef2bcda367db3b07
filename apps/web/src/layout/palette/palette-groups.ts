import { foldName } from '@maillage/contracts/kit/identifiers'

/** One line of the palette: words, where it leads, and the keys that lead there without it. */
export interface PaletteLine {
  readonly label: string
  readonly description?: string
  readonly icon: string
  readonly kbds?: string[]
  readonly run: () => unknown
}

export interface PaletteGroup {
  readonly id: string
  readonly label: string
  readonly lines: readonly PaletteLine[]
}

/** What the server knows of the words typed: the first of them, and whether there may be more. */
export interface Sought<Item> {
  readonly items: readonly Item[]
  readonly isWhole: boolean
}

/** « Dossiers », or how to reach those that are not shown. */
export const titleOf = (what: string, { isWhole }: Pick<Sought<unknown>, 'isWhole'>): string =>
  isWhole ? what : `${what}\u00A0: les premiers seulement, précisez les mots`

/** The lines that hold every word typed, whatever the accents and the order. */
export function matching(lines: readonly PaletteLine[], typed: string): readonly PaletteLine[] {
  const words = foldName(typed)
    .split(/[\s-]+/)
    .filter((word) => word !== '')
  return lines.filter(({ label, description = '' }) => {
    const said = foldName(`${label} ${description}`)
    return words.every((word) => said.includes(word))
  })
}

/** The groups that hold something, in their order. */
export function filled(groups: readonly PaletteGroup[]): readonly PaletteGroup[] {
  return groups.filter(({ lines }) => lines.length > 0)
}
