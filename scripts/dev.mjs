/** Runs the API and the screens from their sources, each restarted or refreshed when a file changes. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './build/root.mjs'

process.env.MAILLAGE_DEMO ||= 'on'
process.env.PORT ||= '3000'

const tsx = fileURLToPath(import.meta.resolve('tsx/cli'))
const vite = path.join(root, 'apps/web/node_modules/vite/bin/vite.js')
const children = [
  spawn(process.execPath, [tsx, 'watch', '--clear-screen=false', 'src/main.ts'], at('apps/api')),
  spawn(process.execPath, [vite], at('apps/web')),
]

function at(folder) {
  return { cwd: path.join(root, folder), stdio: ['ignore', 'inherit', 'inherit'] }
}

function stop() {
  for (const child of children) child.kill('SIGTERM')
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
for (const child of children) child.once('exit', stop)
