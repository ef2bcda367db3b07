import { createRequire } from 'node:module'
import type PdfKit from 'pdfkit'
import type { Paper, PaperLine, PaperSection } from './paper.ts'

type Doc = InstanceType<typeof PdfKit>

const mm = 72 / 25.4
const margin = 14 * mm
/** Kept free for notes, and for the line at the foot. */
const notesHeight = 26 * mm
const rule = 8.5 * mm
/** In points, the largest that holds on one page: long words get smaller, and none is cut. */
const sizes = [11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6, 5.5, 5]
/** A text longer than this is no call sheet: the rest is read in Maillage. */
const longest = 4200

/**
 * Draws one A4 page, tagged and in French for those who have it read aloud. The letters are inside the file: it looks the
 * same everywhere, and every name of Latin, Greek, Cyrillic or Vietnamese letters is written; what has no letter is a box.
 */
export async function drawPaper(paper: Paper): Promise<Buffer> {
  // Loaded when somebody asks: the program's start does not wait for it.
  const { default: PDFDocument } = await import('pdfkit')
  const doc = new PDFDocument({
    size: 'A4',
    margin,
    pdfVersion: '1.7',
    lang: 'fr-FR',
    tagged: true,
    displayTitle: true,
    info: { Title: paper.title, Author: 'Maillage', CreationDate: paper.at, ModDate: paper.at },
  })
  const { resolve: placeOf } = createRequire(import.meta.url)
  doc.registerFont('plain', placeOf('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'))
  doc.registerFont('strong', placeOf('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'))
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  drawOn(doc, clean(paper))
  doc.end()
  await ended
  return Buffer.concat(chunks)
}

/** Joiners and variation marks have no letter of their own, and a tab no place on paper. */
const cleanText = (text: string): string => {
  const kept = text.replace(/[\u200B-\u200D\u2060\uFEFF]|\p{Variation_Selector}/gu, '').replace(/\t/g, ' ')
  const shown = kept.replace(/\r\n?/g, '\n').replace(/\n{3,}/g, '\n\n')
  return shown.length > longest ? `${shown.slice(0, longest)}… (la suite est dans Maillage)` : shown
}

const clean = (paper: Paper): Paper => ({
  ...paper,
  kicker: cleanText(paper.kicker),
  heading: cleanText(paper.heading),
  under: cleanText(paper.under),
  aside: paper.aside.map(cleanText),
  sections: paper.sections.map(({ heading, lines }) => ({
    heading,
    lines: lines.map(({ strong, text }) => ({
      ...(strong ? { strong: cleanText(strong) } : {}),
      text: cleanText(text),
    })),
  })),
  foot: cleanText(paper.foot),
})

const widthOf = (doc: Doc): number => doc.page.width - 2 * margin
const bottomOf = (doc: Doc): number => doc.page.height - margin

function drawOn(doc: Doc, paper: Paper): void {
  const footHeight =
    doc
      .font('plain')
      .fontSize(7.5)
      .heightOfString(paper.foot, { width: widthOf(doc) }) + 8
  const room = bottomOf(doc) - footHeight - notesHeight
  const size = sizes.find((one) => heightOf(doc, paper, one) <= room - margin) ?? 5
  const page = doc.struct('Document')
  doc.addStructure(page)
  const tell = (kind: string, write: () => void): void => {
    page.add(doc.struct(kind, {}, write))
  }
  drawHead(doc, paper, size, tell)
  for (const section of paper.sections) drawSection(doc, section, size, { room, tell })
  drawNotes(doc, paper.notes, size, { until: bottomOf(doc) - footHeight, tell })
  drawFoot(doc, paper.foot, bottomOf(doc) - footHeight + 6, tell)
  page.end()
}

type Tell = (kind: string, write: () => void) => void

const leftPart = 0.62
const gap = (size: number): number => size * 0.9

function drawHead(doc: Doc, { kicker, heading, under, aside }: Paper, size: number, tell: Tell): void {
  const width = widthOf(doc)
  const left = { width: width * leftPart, lineGap: size * 0.15 }
  tell('P', () => doc.font('strong').fontSize(size).text(kicker, margin, margin, left))
  tell('H1', () =>
    doc
      .font('strong')
      .fontSize(size * 1.5)
      .text(heading, left),
  )
  if (under) tell('P', () => doc.font('plain').fontSize(size).text(under, left))
  const below = doc.y
  const right = { width: width * (1 - leftPart), align: 'right' as const, lineGap: size * 0.15 }
  tell('P', () =>
    doc
      .font('strong')
      .fontSize(size)
      .text(aside.join('\n'), margin + width * leftPart, margin, right),
  )
  doc.y = Math.max(below, doc.y) + size * 0.4
  rulerAt(doc, doc.y, '#000000')
  doc.y += gap(size)
}

function drawSection(
  doc: Doc,
  { heading, lines }: PaperSection,
  size: number,
  { room, tell }: { room: number; tell: Tell },
): void {
  if (lines.length === 0) return
  tell('H2', () =>
    doc
      .font('strong')
      .fontSize(size)
      .text(heading, margin, doc.y, { width: widthOf(doc) }),
  )
  for (const line of lines) {
    // Beyond the smallest letters the rest of the page is kept whole, and this text is cut.
    const left = room - doc.y
    if (left < size) break
    tell('P', () => drawLine(doc, line, size, left))
  }
  doc.y += gap(size)
}

function drawLine(doc: Doc, { strong, text }: PaperLine, size: number, left: number): void {
  const options = { width: widthOf(doc), lineGap: size * 0.15, height: left, ellipsis: true }
  doc.fontSize(size)
  if (strong && text) {
    doc.font('strong').text(`${strong}  `, margin, doc.y, { ...options, continued: true })
    doc.font('plain').text(text, { ...options, continued: false })
  } else doc.font(strong ? 'strong' : 'plain').text(strong ?? text, margin, doc.y, options)
}

function heightOf(doc: Doc, { kicker, heading, under, aside, sections }: Paper, size: number): number {
  const width = widthOf(doc)
  const high = (text: string, font: 'plain' | 'strong', points: number, across: number): number =>
    text
      ? doc
          .font(font)
          .fontSize(points)
          .heightOfString(text, { width: across, lineGap: size * 0.15 })
      : 0
  const left =
    high(kicker, 'strong', size, width * leftPart) +
    high(heading, 'strong', size * 1.5, width * leftPart) +
    high(under, 'plain', size, width * leftPart)
  const right = high(aside.join('\n'), 'strong', size, width * (1 - leftPart))
  const parts = sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ heading: title, lines }) => {
      const written = lines.map(({ strong = '', text }) =>
        high(`${strong}  ${text}`, strong ? 'strong' : 'plain', size, width),
      )
      return high(title, 'strong', size, width) + written.reduce((sum, one) => sum + one, 0) + gap(size)
    })
  return Math.max(left, right) + size * 0.4 + gap(size) + parts.reduce((sum, one) => sum + one, 0)
}

function drawNotes(doc: Doc, title: string, size: number, { until, tell }: { until: number; tell: Tell }): void {
  tell('H2', () =>
    doc
      .font('strong')
      .fontSize(size)
      .text(title, margin, doc.y, { width: widthOf(doc) }),
  )
  for (let y = doc.y + rule; y < until - rule / 2; y += rule) rulerAt(doc, y, '#999999')
}

function drawFoot(doc: Doc, words: string, y: number, tell: Tell): void {
  rulerAt(doc, y - 6, '#000000')
  tell('P', () =>
    doc
      .font('plain')
      .fontSize(7.5)
      .text(words, margin, y, { width: widthOf(doc), lineBreak: true }),
  )
}

/** A line that says nothing: not read aloud. */
function rulerAt(doc: Doc, y: number, color: string): void {
  doc.markContent('Artifact', { type: 'Layout' })
  doc
    .lineWidth(0.5)
    .strokeColor(color)
    .moveTo(margin, y)
    .lineTo(margin + widthOf(doc), y)
    .stroke()
  doc.endMarkedContent()
  doc.fillColor('#000000')
}
