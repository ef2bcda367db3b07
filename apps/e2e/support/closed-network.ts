import { spawnSync } from 'node:child_process'
import path from 'node:path'
import type { StartOptions } from './program.ts'

const bringUp = 'ip link set lo up && exec "$@"'

/** How to start the program where nothing but the machine itself can be reached. */
export function closedNetwork(): Pick<StartOptions, 'wrapper' | 'env' | 'isReady'> {
  const wrapper = ['unshare', '--net', 'sh', '-c', bringUp, 'closed-network']
  const { status } = spawnSync('unshare', ['--net', 'sh', '-c', bringUp, 'closed-network', 'true'])
  if (status === 0) return { wrapper, isReady: isReadyInside }
  // Without the right to close a namespace, the program's own calls are refused instead.
  return { env: { NODE_OPTIONS: `--require ${JSON.stringify(path.join(import.meta.dirname, 'refuse-network.cjs'))}` } }
}

/** Its address means nothing from outside: asked by a program that enters the same namespace. */
async function isReadyInside(url: string, pid: number): Promise<boolean> {
  const script = `fetch('${url}/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))`
  const { status } = spawnSync('nsenter', [`--net=/proc/${pid}/ns/net`, process.execPath, '-e', script])
  return status === 0
}
