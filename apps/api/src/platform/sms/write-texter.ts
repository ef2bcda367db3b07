import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Texter, TextMessage } from './texter.ts'

/** Writes each message as a text file: what a trial shows instead of sending. */
export function writeTexter(folder: string): Texter {
  return {
    describe: `dans ${folder}`,
    async send({ id, to, text }: TextMessage) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = path.join(folder, `${id.replace(/[^\w.-]/g, '_')}.txt`)
      // Whole or absent: a reader never opens half a message.
      await writeFile(`${file}.part`, `À : ${to}\n\n${text}\n`, { mode: 0o600 })
      await rename(`${file}.part`, file)
    },
  }
}
