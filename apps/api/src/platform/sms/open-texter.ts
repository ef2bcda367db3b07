import { gatewayTexter } from './gateway-texter.ts'
import type { Texter, TexterSettings } from './texter.ts'
import { writeTexter } from './write-texter.ts'

/** The texter that the settings name: a gateway, or files in a folder. */
export const openTexter = ({ url, token, folder }: TexterSettings): Texter =>
  url ? gatewayTexter({ url, token }) : writeTexter(folder)
