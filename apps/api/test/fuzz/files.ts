import { crc32, deflateRawSync } from 'node:zlib'
import type { Random } from '../../seeds/demo/invent/random.ts'
import { textFiles } from '../waiting-list/text-files.ts'
import { workbookFiles } from '../waiting-list/workbook-files.ts'

interface FuzzFile {
  readonly note: string
  readonly bytes: Buffer
  readonly disposition: string
}

/** A zip of one entry, which may lie about its size. */
export function zipOf(name: string, content: Buffer, told = content.length): Buffer {
  const packed = deflateRawSync(content, { level: 9 })
  const title = Buffer.from(name)
  const sizes = Buffer.alloc(12)
  sizes.writeUInt32LE(crc32(content), 0)
  sizes.writeUInt32LE(packed.length, 4)
  sizes.writeUInt32LE(told, 8)
  const head = Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 0, 0, 0, 0])
  const length = Buffer.from([title.length, 0, 0, 0])
  const local = Buffer.concat([head, sizes, length, title, packed])
  const central = Buffer.concat([
    Buffer.from([0x50, 0x4b, 1, 2, 20, 0, 20, 0, 0, 0, 8, 0, 0, 0, 0, 0]),
    sizes,
    length,
    Buffer.alloc(14),
    title,
  ])
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}

const header = 'Nom;Prénom;Né(e) le;Sexe;Téléphone;Code postal;Ville;ALD;Remarques'

/** A list of invented people, as a coordinator would give it. */
function aList(random: Random): Buffer {
  const line = (): string => {
    const name = `ESSAI${random.between(1, 1_000_000)}`
    const born = `${random.between(10, 28)}/0${random.between(1, 9)}/19${random.between(20, 99)}`
    return `${name};Camille;${born};F;06 39 98 00 ${random.between(10, 99)};34400;Lunel;oui;`
  }
  return Buffer.from([header, ...Array.from({ length: random.between(1, 6) }, line)].join('\r\n'))
}

const person = 'VALMORIN;Lucette;12/03/1944;F;06 39 98 00 12;34400;Lunel;oui;'
const withCell = (cell: string): Buffer => Buffer.from(`${header}\r\n${person}${cell}\r\n`)

// Each is made once: the large ones take a while.
const broken: readonly (readonly [string, Buffer])[] = [
  ['nothing', Buffer.alloc(0)],
  ['a header alone', Buffer.from(header)],
  ['a NUL in a cell', withCell('a\0b')],
  ['only NUL', Buffer.alloc(4096)],
  ['a formula', withCell('=HYPERLINK("http://exemple.invalid","x")')],
  ['a huge cell', withCell('x'.repeat(900_000))],
  ['ten megabytes', Buffer.alloc(10 * 1024 * 1024, `${person}\r\n`)],
  ['a quote never closed', withCell('"jamais fermé')],
  [
    'UTF-16 with its mark',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`${header}\r\n${person}`, 'utf16le')]),
  ],
  ['UTF-16 without', Buffer.from(`${header}\r\n${person}`, 'utf16le')],
  [
    'no UTF-8',
    Buffer.concat([Buffer.from(`${header}\r\n`), Buffer.from([0xc3, 0x28, 0xa0, 0xff, 0xfe, 0xed, 0xa0, 0x80])]),
  ],
  ['a thousand columns', Buffer.from(`${'Nom;'.repeat(1000)}\r\n${'x;'.repeat(1000)}`)],
  ['one column', Buffer.from('Nom\r\nVALMORIN\r\n')],
  ['emoji everywhere', Buffer.from(`${header}\r\n👩‍⚕️;🙂;12/03/1944;F;;34400;Lunel;👍;‮`)],
  ['prototype names', Buffer.from('__proto__;constructor;toString;Nom;Prénom\r\na;b;c;d;e')],
  ['a zip of zeros', zipOf('xl/worksheets/sheet1.xml', Buffer.alloc(64 * 1024 * 1024))],
  ['a zip that lies', zipOf('xl/worksheets/sheet1.xml', Buffer.alloc(64 * 1024 * 1024), 100)],
  ['a zip that climbs', zipOf('../../../etc/passwd', Buffer.from('x'))],
  ['the start of a zip', Buffer.from('PK\u0003\u0004', 'latin1')],
  ['the start of an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0])],
  ['a page', Buffer.from('<html><table><tr><td>Nom</td></tr></table></html>')],
  [
    'a document with entities',
    Buffer.from('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
  ],
  ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj')],
]

const dispositions = [
  'attachment; filename="liste.csv"',
  "attachment; filename*=UTF-8''liste%20d%E2%80%99attente.xlsx",
  'attachment; filename="../../../etc/passwd"',
  "attachment; filename*=UTF-8''%00%0d%0a%ff.csv",
  `attachment; filename="${'x'.repeat(3000)}.csv"`,
  'filename',
]

/** A list that may be read, or one that nobody can. */
export function aFile(random: Random, isSound: boolean): FuzzFile {
  const disposition = random.chance(0.6) ? (dispositions[0] ?? '') : random.pick(dispositions)
  if (isSound) {
    if (random.chance(0.6)) return { note: 'a list', bytes: aList(random), disposition }
    const { name, bytes } = random.pick([...textFiles, ...workbookFiles])
    return { note: name, bytes, disposition }
  }
  const [note, bytes] = random.chance(0.5) ? random.pick(broken) : spoiltFile(random)
  return { note, bytes, disposition }
}

/** A list as it was, cut, or with some of its bytes changed. */
function spoiltFile(random: Random): readonly [string, Buffer] {
  const { name, bytes } = random.pick([...textFiles, ...workbookFiles])
  if (random.chance(0.4)) return [`${name}, cut`, bytes.subarray(0, random.between(1, bytes.length))]
  const changed = Buffer.from(bytes)
  for (let left = random.between(1, 20); left > 0; left -= 1)
    changed[random.between(0, changed.length - 1)] = random.between(0, 255)
  return [`${name}, with bytes changed`, changed]
}

/** Every kind of broken list, one after the other. */
export const brokenFiles = broken
