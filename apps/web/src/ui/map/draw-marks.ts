import { circle, divIcon, type LatLngExpression, type Layer, marker } from 'leaflet'
import type { MapOrigin, MapRing, MapSpot } from './map-marks.ts'

const element = (tag: 'button' | 'span', className: string, text = ''): HTMLElement => {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

const at = ({ latitude, longitude }: { latitude: number; longitude: number }): LatLngExpression => [latitude, longitude]

const sized = (className: string, px: number): HTMLElement => {
  const made = element('span', className)
  made.style.width = `${px}px`
  made.style.height = `${px}px`
  return made
}

/** A place with nothing to count is still there. */
const leastSize = 6

/** A place as a button: native, so that the keyboard and screen readers need no code of ours. */
export function spotButton(spot: MapSpot): HTMLButtonElement {
  // The tag says what it is; the helper is wider.
  const button = element('button', 'map-spot') as HTMLButtonElement
  button.type = 'button'
  button.dataset.spot = spot.id
  const need = sized('map-need', Math.max(spot.size, leastSize))
  if (spot.disc) {
    // More is offered than asked for: the smaller circle is drawn over the disc, as an outline.
    need.toggleAttribute('data-over', spot.disc > spot.size)
    button.append(sized('map-offer', spot.disc))
    button[spot.disc > spot.size ? 'append' : 'prepend'](need)
  } else button.append(need)
  const label = element('span', 'map-label', spot.label)
  label.style.setProperty('--reach', `${Math.max(spot.size, spot.disc ?? 0) / 2 + 1}px`)
  if (spot.offer) label.append(element('span', 'map-plus', `\u00A0${spot.offer}`))
  // After the label, so that what is heard begins with what is read.
  button.append(label, element('span', 'sr-only', `\u00A0: ${spot.spoken}`))
  return button
}

/** The button, put where it belongs. */
export const spotLayer = (spot: MapSpot, button: HTMLElement): Layer =>
  marker(at(spot), {
    keyboard: false,
    interactive: false,
    icon: divIcon({ className: 'map-holder', html: button, iconSize: [0, 0] }),
  })

const words = (place: LatLngExpression, className: string, text: string): Layer =>
  marker(place, {
    keyboard: false,
    interactive: false,
    icon: divIcon({ className: 'map-holder', html: element('span', className, text), iconSize: [0, 0] }),
  })

/** The point that distances are measured from, and the circles around it. */
export function originLayers(origin: MapOrigin, rings: readonly MapRing[]): Layer[] {
  const circles = rings.flatMap(({ km, label, isLimit }) => [
    circle(at(origin), {
      radius: km * 1000,
      interactive: false,
      fill: false,
      weight: isLimit ? 1.5 : 1,
      className: isLimit ? 'map-ring map-limit' : 'map-ring',
    }),
    // At the top of its circle: a degree of latitude is 111.2 km everywhere.
    words([origin.latitude + km / 111.2, origin.longitude], isLimit ? 'map-km map-limit' : 'map-km', label),
  ])
  return [...circles, words(at(origin), 'map-origin', ''), words(at(origin), 'map-here', origin.label)]
}
