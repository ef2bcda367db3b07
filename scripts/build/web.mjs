import { spawn } from 'node:child_process'
import path from 'node:path'
import { root } from './root.mjs'

/** Builds the screens; says nothing unless it fails. */
export async function buildWeb(dist) {
  const folder = path.join(root, path.dirname(dist))
  const vite = path.join(folder, 'node_modules/vite/bin/vite.js')
  const said = []
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk))
  const code = await new Promise((done) => child.once('close', done))
  if (code !== 0) throw new Error(`Les écrans n’ont pas pu être construits :\n${Buffer.concat(said)}`)
}
