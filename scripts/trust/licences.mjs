import parse from 'spdx-expression-parse'
import { nameOf } from './bill-of-materials.mjs'

/** Open licences that a program under AGPL-3.0-or-later may be made of. */
const open = new Set([
  ...['0BSD', 'AGPL-3.0-or-later', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC0-1.0', 'ISC'],
  ...[
    'LGPL-3.0-or-later',
    'LicenseRef-Bitstream-Vera',
    'MIT',
    'MIT-0',
    'MPL-2.0',
    'OFL-1.1',
    'PostgreSQL',
    'Python-2.0',
    'Unlicense',
    'Zlib',
  ],
])

/**
 * Packages whose metadata say their licence badly: which one they bear, and where it was read.
 * @type {Readonly<Record<string, { licence: string, reason: string }>>}
 */
export const read = {
  'dejavu-fonts-ttf': {
    licence: 'LicenseRef-Bitstream-Vera',
    reason: 'its LICENSE: free to use, change and distribute, renamed once changed',
  },
  'png-js': { licence: 'MIT', reason: 'its LICENSE file; package.json says nothing' },
  'vaul-vue': { licence: 'MIT', reason: 'the LICENSE of its repository; the package holds none' },
}

/**
 * The packages whose licence is missing, unknown or closed, and what was read for nothing.
 * @param {{ group?: string, name: string, version: string, licenses?: { license?: { id?: string, name?: string }, expression?: string }[] }[]} components
 * @param {Readonly<Record<string, { licence: string, reason: string }>>} exceptions
 */
export function judgeLicences(components, exceptions) {
  const faults = []
  const names = new Set(components.map(nameOf))
  for (const one of components) {
    const name = nameOf(one)
    const said = exceptions[name]?.licence ?? licenceOf(one)
    if (!isOpen(said)) faults.push(`${name} ${one.version}: ${said || 'no licence'}`)
  }
  for (const name of Object.keys(exceptions))
    if (!names.has(name)) faults.push(`${name} is an exception that nothing needs`)
  return faults
}

const licenceOf = ({ licenses = [] }) =>
  licenses.map(({ license, expression }) => `(${expression ?? license?.id ?? license?.name ?? ''})`).join(' AND ')

/** Either side of an `OR`, each side of an `AND`; what is no expression is not open. */
function isOpen(expression) {
  try {
    return allows(parse(expression))
  } catch {
    return false
  }
}

function allows({ license, conjunction, left, right }) {
  if (conjunction === 'or') return allows(left) || allows(right)
  if (conjunction === 'and') return allows(left) && allows(right)
  return open.has(license)
}
