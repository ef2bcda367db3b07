import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbedded } from '@maillage/embedded-postgres'
import type { PreparedVolume } from './prepare-volume.ts'

/** A volume of one's own: a program may be started on it, and write. */
export interface VolumeCopy {
  readonly dataDir: string
  /** Where its PostgreSQL data really are. */
  readonly folder: string
  remove(): void
}

/** The launcher's own files, beside the data. */
const passwords = ['postgres-owner.password', 'postgres-app.password']

/** Copies a prepared volume into a folder: the one named, else a throw-away one. Blocks are shared where the disk can. */
export async function copyVolume(volume: PreparedVolume, into?: string): Promise<VolumeCopy> {
  const dataDir = into ?? mkdtempSync(path.join(tmpdir(), 'maillage-bench-'))
  mkdirSync(dataDir, { recursive: true })
  for (const name of passwords) copyFileSync(path.join(volume.dataDir, name), path.join(dataDir, name))
  // Made empty first: only the launcher knows where the data of a folder lie.
  const server = await startEmbedded({ dir: path.join(dataDir, 'postgres') })
  await server.stop()
  const { folder } = server
  rmSync(folder, { recursive: true, force: true })
  const share = process.platform === 'linux' ? ['--reflink=auto'] : []
  execFileSync('cp', ['-a', ...share, volume.folder, folder])
  return {
    dataDir,
    folder,
    remove: () => {
      for (const place of [folder, dataDir]) rmSync(place, { recursive: true, force: true })
    },
  }
}
