/** A commune of a demo CPTS: its INSEE code, a postal code of it, and how many of the patients live there. */
export interface DemoMunicipality {
  code: string
  postalCode: string
  weight: number
}

const commune = (code: string, postalCode: string, weight: number): DemoMunicipality => ({ code, postalCode, weight })

/** The fourteen communes of the Pays de Lunel. */
const paysDeLunel: readonly DemoMunicipality[] = [
  commune('34112', '34160', 1), // Garrigues
  commune('34048', '34160', 1), // Campagne
  commune('34110', '34160', 2), // Galargues
  commune('34296', '34160', 2), // Saussines
  commune('34033', '34160', 4), // Boisseron
  commune('34288', '34400', 2), // Saint-Sériès
  commune('34246', '34400', 4), // Entre-Vignes
  commune('34340', '34400', 3), // Villetelle
  commune('34294', '34400', 2), // Saturargues
  commune('34146', '34400', 7), // Lunel-Viel
  commune('34145', '34400', 40), // Lunel
  commune('34272', '34400', 6), // Saint-Just
  commune('34280', '34400', 1), // Saint-Nazaire-de-Pézan
  commune('34151', '34590', 12), // Marsillargues
]

/** Clermont-l’Hérault, Lodève, Gignac and communes around them. */
const coeurDHerault: readonly DemoMunicipality[] = [
  commune('34079', '34800', 12), // Clermont-l’Hérault
  commune('34142', '34700', 9), // Lodève
  commune('34114', '34150', 8), // Gignac
  commune('34239', '34725', 7), // Saint-André-de-Sangonis
  commune('34010', '34150', 4), // Aniane
  commune('34194', '34230', 4), // Paulhan
  commune('34051', '34800', 4), // Canet
  commune('34180', '34800', 2), // Nébian
  commune('34173', '34150', 2), // Montpeyroux
  commune('34076', '34800', 2), // Ceyras
  commune('34036', '34700', 2), // Le Bosc
  commune('34304', '34700', 1), // Soubès
]

/** The two CPTS of the demo; the second one shows that neighbours see nothing of each other. */
export const demoTerritories = {
  lunel: { name: 'Pays de Lunel', municipalities: paysDeLunel },
  voisine: { name: 'Cœur d’Hérault', municipalities: coeurDHerault },
} as const

export type DemoTerritoryName = keyof typeof demoTerritories
