import path from 'node:path'

/** The repository's folder, whatever folder a script is called from. */
export const root = path.resolve(import.meta.dirname, '../..')
