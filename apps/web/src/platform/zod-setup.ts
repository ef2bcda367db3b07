import * as z from 'zod'
import { fr } from 'zod/locales'

// Imported before any contract. Without `jitless`, Zod tries `new Function` once, which the content security policy
// refuses loudly. Its French messages stand behind those that each form words itself.
z.config({ ...fr(), jitless: true })
