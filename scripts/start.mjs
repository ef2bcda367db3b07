/** Starts Maillage: builds what is stale, then runs the API in this very process, so that signals reach it. */
import { build } from './build.mjs'

const isTrial = !process.env.DATABASE_URL && !process.env.DATABASE_URL_FILE && process.env.NODE_ENV !== 'production'
// A trial without demo accounts would show a closed door; MAILLAGE_DEMO=off starts it empty.
if (isTrial) process.env.MAILLAGE_DEMO ||= 'on'

await run()

async function run() {
  try {
    await build(['api', 'web'], console.log)
  } catch (error) {
    console.error(`\n${error.message}\n`)
    process.exitCode = 1
    return
  }
  await import('../apps/api/dist/main.js')
}
