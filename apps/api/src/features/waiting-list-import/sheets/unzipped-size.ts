import { inflateRawSync } from 'node:zlib'
import { UnreadableFile } from './sheet.ts'

const endSignature = 0x06054b50
const entrySignature = 0x02014b50

const findEnd = (file: Buffer): number => {
  // The end record is 22 bytes and may be followed by a comment of at most 65,535.
  for (let at = file.length - 22; at >= Math.max(0, file.length - 65_557); at -= 1) {
    if (file.readUInt32LE(at) === endSignature) return at
  }
  throw new UnreadableFile('not-a-sheet')
}

const inflatedLength = (data: Buffer, budget: number): number => {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, budget) }).length
  } catch (error) {
    const tooLong = error instanceof RangeError
    throw new UnreadableFile(tooLong ? 'too-large' : 'not-a-sheet')
  }
}

/**
 * Refuses a zip whose content exceeds the limit. The sizes that it declares may lie, so each entry is inflated, one at
 * a time and never beyond what is left of the limit, before a spreadsheet reader sees the file.
 */
export function refuseTooLarge(file: Buffer, limit: number): void {
  const end = findEnd(file)
  const entries = file.readUInt16LE(end + 10)
  let at = file.readUInt32LE(end + 16)
  let total = 0
  for (let entry = 0; entry < entries; entry += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== entrySignature) throw new UnreadableFile('not-a-sheet')
    const method = file.readUInt16LE(at + 10)
    const compressed = file.readUInt32LE(at + 20)
    const local = file.readUInt32LE(at + 42)
    if (local + 30 > file.length) throw new UnreadableFile('not-a-sheet')
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
    const data = file.subarray(start, start + compressed)
    total += method === 0 ? data.length : inflatedLength(data, limit - total)
    if (total > limit) throw new UnreadableFile('too-large')
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
}
