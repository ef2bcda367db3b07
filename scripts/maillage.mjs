/** Runs an operator's command. Usage: pnpm maillage <command> [arguments]. */
import { build } from './build.mjs'

await build(['api'], () => undefined)
await import('../apps/api/dist/cli.js')
