import { DayDate } from '@maillage/contracts/kit/dates'
import getJoursFeries from '@socialgouv/jours-feries'

/** Where the public holidays are the same: mainland France, Alsace-Moselle, and each overseas territory of ours. */
export const publicHolidayZones = [
  'metropole',
  'alsace-moselle',
  'guadeloupe',
  'martinique',
  'guyane',
  'la-reunion',
  'mayotte',
  'saint-barthelemy',
  'saint-martin',
  'saint-pierre-et-miquelon',
] as const
export type PublicHolidayZone = (typeof publicHolidayZones)[number]

/** The years written into the database; the function itself knows any year. */
export const publicHolidayYears = { first: 2020, last: 2040 } as const

// Commemoration of the abolition of slavery: code du travail L3422-2, décret 83-1003.
const abolitionDays: Partial<Record<PublicHolidayZone, string>> = {
  guadeloupe: '05-27',
  martinique: '05-22',
  guyane: '06-10',
  'la-reunion': '12-20',
  mayotte: '04-27',
  'saint-barthelemy': '10-09',
  'saint-martin': '05-28',
}

const zoneByDepartment: Readonly<Record<string, PublicHolidayZone>> = {
  '57': 'alsace-moselle',
  '67': 'alsace-moselle',
  '68': 'alsace-moselle',
  '971': 'guadeloupe',
  '972': 'martinique',
  '973': 'guyane',
  '974': 'la-reunion',
  '975': 'saint-pierre-et-miquelon',
  '976': 'mayotte',
  '977': 'saint-barthelemy',
  '978': 'saint-martin',
}

/** The zone of a department (`2A`, `67`, `974`…). */
export function publicHolidayZoneOf(department: string): PublicHolidayZone {
  return zoneByDepartment[department] ?? 'metropole'
}

// The package counts days of 24 hours from a local midnight: where a change of the clock lies between, it lands at 1:00,
// or at 23:00 the day before. Twelve hours later, the local day is the right one in every zone.
const localDay = (date: Date): DayDate => {
  const noon = new Date(date.getTime() + 12 * 3_600_000)
  const two = (n: number) => String(n).padStart(2, '0')
  return DayDate.parse(`${noon.getFullYear()}-${two(noon.getMonth() + 1)}-${two(noon.getDate())}`)
}

/** A holiday and its French name. */
export type PublicHoliday = { day: DayDate; name: string }

const abolitionName = 'Commémoration de l’abolition de l’esclavage'

/**
 * Public holidays of a year in a zone, in order, each day once; a day that is two holidays bears both names. In
 * Alsace-Moselle, Good Friday is a holiday by law only where the commune has a Protestant church; it is counted
 * everywhere there, as practices do.
 */
export function namedPublicHolidays(zone: PublicHolidayZone, year: number): PublicHoliday[] {
  const shared = Object.entries(getJoursFeries(year, { alsace: zone === 'alsace-moselle' }))
  const abolition = abolitionDays[zone]
  const names = new Map<DayDate, string>()
  const add = (day: DayDate, name: string) => names.set(day, [names.get(day), name].filter(Boolean).join(' et '))
  for (const [name, date] of shared) add(localDay(date), name.replaceAll("'", '’'))
  if (abolition) add(DayDate.parse(`${year}-${abolition}`), abolitionName)
  return [...names].map(([day, name]) => ({ day, name })).toSorted((a, b) => (a.day < b.day ? -1 : 1))
}

/** The days alone. */
export function publicHolidays(zone: PublicHolidayZone, year: number): DayDate[] {
  return namedPublicHolidays(zone, year).map(({ day }) => day)
}
