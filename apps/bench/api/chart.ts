/** One curve: a name, and a value for each of the sizes. */
export interface Curve {
  readonly name: string
  readonly values: readonly number[]
}

const [width, height] = [640, 300]
const plot = { left: 58, right: 470, top: 24, bottom: 252 }
const dashes = ['', '6 4', '2 4', '10 3 2 3', '1 3', '8 8']

const fine = new Intl.NumberFormat('fr-FR', { maximumSignificantDigits: 2 })

/**
 * How a cost grows with the number of cases, both axes by powers of ten: a flat line is what is wanted. Drawn in the
 * colour of the text around, so that it reads on light and on dark; each curve has a dash of its own.
 */
export function drawGrowth(title: string, sizes: readonly number[], curves: readonly Curve[], unit: string): string {
  const values = curves.flatMap((curve) => curve.values).filter((value) => value > 0)
  const [low, high] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))]
  const steps = Math.max(1, high - low)
  const x = (index: number): number => plot.left + ((plot.right - plot.left) * index) / Math.max(1, sizes.length - 1)
  const y = (value: number): number => plot.bottom - ((Math.log10(value) - low) / steps) * (plot.bottom - plot.top)
  const lines = Array.from({ length: steps + 1 }, (_, step) => {
    const value = 10 ** (low + step)
    return (
      `<line x1="${plot.left}" x2="${plot.right}" y1="${round(y(value))}" y2="${round(y(value))}" opacity="0.2"/>` +
      text(plot.left - 8, y(value) + 4, `${fine.format(value)}`, 'end')
    )
  })
  const ticks = sizes.map((size, index) => text(x(index), plot.bottom + 20, size.toLocaleString('fr-FR'), 'middle'))
  const names = spread(curves.map((curve) => y(curve.values.at(-1) ?? 1)))
  const drawn = curves.map((curve, index) => {
    const points = curve.values.map((value, place) => `${round(x(place))},${round(y(value))}`).join(' ')
    const dash = dashes[index % dashes.length]
    return (
      `<polyline points="${points}" fill="none" stroke-width="2"${dash ? ` stroke-dasharray="${dash}"` : ''}/>` +
      text(plot.right + 10, (names[index] ?? 0) + 4, curve.name, 'start')
    )
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12">`,
    '<style>svg{color:#1f2328}@media (prefers-color-scheme:dark){svg{color:#d1d7e0}}line,polyline{stroke:currentColor}text{fill:currentColor}</style>',
    `<title>${escaped(title)}</title>`,
    text(plot.left, 14, `${title} (${unit})`, 'start'),
    ...lines,
    ...ticks,
    text((plot.left + plot.right) / 2, plot.bottom + 40, 'dossiers', 'middle'),
    ...drawn,
    '</svg>',
    '',
  ].join('\n')
}

const round = (value: number): number => Math.round(value * 10) / 10
const escaped = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const text = (x: number, y: number, words: string, anchor: string): string =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(words)}</text>`

/** Names at the ends of curves that meet must not lie on each other. */
function spread(places: readonly number[]): number[] {
  const order = places.map((place, index) => ({ place, index })).toSorted((one, other) => one.place - other.place)
  let free = Number.NEGATIVE_INFINITY
  const result = [...places]
  for (const { place, index } of order) {
    const put = Math.max(place, free)
    result[index] = put
    free = put + 15
  }
  return result
}
