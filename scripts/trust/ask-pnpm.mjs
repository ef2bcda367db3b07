import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

const windows = process.platform === 'win32'

/**
 * Runs pnpm, the one that is there or else the one that package.json names, and gives back what it said; never throws.
 * @param {string[]} args
 * @param {{ cwd?: string, seconds?: number }} options
 * @returns {Promise<{ code: number | null, out: string, err: string }>}
 */
export async function askPnpm(args, { cwd = process.cwd(), seconds = 60 } = {}) {
  const own = await run('pnpm', args, { cwd, seconds })
  if (own) return own
  const { packageManager } = JSON.parse(readFileSync('package.json', 'utf8'))
  return (await run('npx', ['-y', packageManager, ...args], { cwd, seconds })) ?? { code: null, out: '', err: 'npx' }
}

/** Nothing when the program is not there. */
function run(file, args, { cwd, seconds }) {
  return new Promise((done) => {
    const child = spawn(file, args, { cwd, shell: windows, timeout: seconds * 1000, stdio: ['ignore', 'pipe', 'pipe'] })
    const said = { out: '', err: '' }
    child.stdout.on('data', (chunk) => {
      said.out += chunk
    })
    child.stderr.on('data', (chunk) => {
      said.err += chunk
    })
    child.on('error', () => done(null))
    child.on('close', (code) => done({ code, ...said }))
  })
}
