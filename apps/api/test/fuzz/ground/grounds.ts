import { careGrounds } from './care.ts'
import { linkGrounds } from './links.ts'
import { protectionGrounds } from './protection.ts'
import type { Ground } from './stage.ts'

/** What is prepared for an operation, by its id. */
export const grounds: Readonly<Record<string, Ground>> = { ...careGrounds, ...linkGrounds, ...protectionGrounds }
