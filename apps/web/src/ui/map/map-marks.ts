/** A place on the map that can be pointed at and pressed. */
export interface MapSpot {
  id: string
  latitude: number
  longitude: number
  /** Under the circle: « Sommières 31 ». */
  label: string
  /** After it, in teal: « +3 ». */
  offer?: string
  /** Said after the label, for those who hear it. */
  spoken: string
  /** Diameters in px: what waits or is there, and what is offered. */
  size: number
  disc?: number
}

/** Where distances are measured from. */
export interface MapOrigin {
  latitude: number
  longitude: number
  label: string
}

/** A circle of distance around the origin; a limit somebody asked for is drawn firmer. */
export interface MapRing {
  km: number
  label: string
  isLimit?: boolean
}

/** Images of a ground asked of a third party, where the operator chose one. */
export interface MapTiles {
  url: string
  attribution: string
}

/** Diameters whose areas stand to each other as the counts do. */
export function areaScale(most: number, widest: number): (count: number) => number {
  return (count) => (count <= 0 || most <= 0 ? 0 : Math.max(8, Math.round(widest * Math.sqrt(count / most))))
}

const km = (value: number): string => `${value.toLocaleString('fr-FR')}\u00A0km`

/** Three circles at most, of round figures, that reach whoever is the farthest; and the limit asked for, if any. */
export function ringsFor(farthestKm: number, limitKm: number | null): MapRing[] {
  const step = [2, 5, 10, 20, 50, 100].find((one) => one * 3 >= farthestKm) ?? 200
  const round = [1, 2, 3].map((n) => n * step).filter((one) => one - step < Math.max(farthestKm, 1) && one !== limitKm)
  const rings: MapRing[] = round.map((one) => ({ km: one, label: km(one) }))
  return limitKm === null ? rings : [...rings, { km: limitKm, label: `${km(limitKm)} demandés`, isLimit: true }]
}

export interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

/** Two names that touch read as one: this much stays between them (px). */
const between = 4

const meet = (one: Box, other: Box, gap = 0): boolean =>
  one.left < other.right + gap && other.left < one.right + gap && one.top < other.bottom && other.top < one.bottom

/**
 * Where each label goes: the first of its boxes that meets no label placed before it and lies over no other place's disc;
 * -1 where none is free. Those who matter most come first. `discs[i]` is what label `i` names.
 */
export function placedLabels(choices: readonly (readonly Box[])[], discs: readonly (Box | undefined)[] = []): number[] {
  const placed: Box[] = []
  return choices.map((boxes, index) => {
    const found = boxes.findIndex(
      (box) =>
        !placed.some((other) => meet(box, other, between)) &&
        !discs.some((disc, whose) => disc !== undefined && whose !== index && meet(box, disc)),
    )
    const box = boxes[found]
    if (box) placed.push(box)
    return found
  })
}
