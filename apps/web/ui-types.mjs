// Nuxt UI writes the types of its theme (`#build/ui`) when Vite reads its configuration: do so before type-checking.
import { resolveConfig } from 'vite'

await resolveConfig({}, 'build')
