/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number]

/** The custom properties of one theme, by name. */
export type Tokens = ReadonlyMap<string, string>

const rules = /([^{}]+)\{([^{}]*)\}/g
const lines = /(--[\w-]+)\s*:\s*([^;]+);/g

/** Reads the tokens of both themes from the style sheet itself: what is measured is what is shown. */
export function tokensOf(css: string): { light: Tokens; dark: Tokens } {
  const light = new Map<string, string>()
  const dark = new Map<string, string>()
  for (const [, selector = '', body = ''] of css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(rules)) {
    const themes = selector.includes(':not(.dark)') ? [light] : [dark]
    const both = /@theme|:root\s*$/.test(selector.trim())
    for (const [, name = '', value = ''] of body.matchAll(lines)) {
      for (const theme of both ? [light, dark] : themes) theme.set(name, value.trim())
    }
  }
  return { light, dark }
}

/** The colour of a token, through the tokens that it names. */
export function colourOf(tokens: Tokens, name: string): Rgb {
  const value = tokens.get(name)
  const named = /^var\((--[\w-]+)\)$/.exec(value ?? '')?.[1]
  if (named) return colourOf(tokens, named)
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(value ?? '')
  if (!hex) throw new Error(`The token ${name} is not a colour: ${value ?? 'unknown'}`)
  const [, red = '', green = '', blue = ''] = hex
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)]
}

/** What shows when a colour lies over another with some opacity. */
export function over(ink: Rgb, ground: Rgb, opacity: number): Rgb {
  const mix = (at: 0 | 1 | 2): number => ink[at] * opacity + ground[at] * (1 - opacity)
  return [mix(0), mix(1), mix(2)]
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((channel) => {
    const part = channel / 255
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** The contrast ratio of WCAG 2.2, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}
