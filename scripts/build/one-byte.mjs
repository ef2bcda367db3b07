import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Has no place in Latin-1. */
const wide = /[^\0-\xff]/g

const escaped = (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`

/**
 * Writes as escapes the letters that Latin-1 lacks, in a folder of compiled files. A single one makes the engine keep the
 * whole file, for as long as the program runs, at two bytes a character. The compiler leaves them in regular expressions
 * alone, where an escape means the same.
 */
export function keepOneByteACharacter(folder) {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
    const file = path.join(folder, name)
    const text = readFileSync(file, 'utf8')
    const narrow = text.replaceAll(wide, escaped)
    if (narrow !== text) writeFileSync(file, narrow)
  }
}
