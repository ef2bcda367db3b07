import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { drawPaper } from './draw-paper.ts'
import type { Paper } from './paper.ts'

const paper: Paper = {
  title: 'Fiche d’appel MT-2026-0042',
  kicker: 'Fiche d’appel · MT-2026-0042',
  heading: 'Éloïse Nguyễn-Lœuvre',
  under: '82 ans, née le 14 mars 1944, Sommières',
  aside: ['Pour Dr Alix Essai', 'Suivi par Samira Haddad'],
  sections: [
    { heading: 'Qui appeler', lines: [{ strong: '06 39 98 01 02', text: 'Éloïse Nguyễn-Lœuvre' }] },
    { heading: 'Le besoin', lines: [{ text: 'Cherche un suivi ; « dès que possible » …' }] },
    { heading: 'Avec, dans le même foyer', lines: [] },
  ],
  notes: 'Notes',
  foot: 'Document confidentiel',
  at: new Date('2026-03-05T09:00:00Z'),
}

const open = async (one: Paper) => {
  const pdf = await getDocumentProxy(new Uint8Array(await drawPaper(one)))
  const { text, totalPages } = await extractText(pdf, { mergePages: true })
  return { pdf, totalPages, text: text.replaceAll(/\s+/g, ' ') }
}

test('one A4 page says everything in order, with its letters, and leaves out what is empty', async () => {
  const { pdf, totalPages, text } = await open(paper)
  expect(totalPages).toBe(1)
  const { width, height } = (await pdf.getPage(1)).getViewport({ scale: 1 })
  expect([Math.round(width), Math.round(height)]).toEqual([595, 842])
  const told = ['MT-2026-0042', 'Éloïse Nguyễn-Lœuvre', 'Sommières', 'Qui appeler', '06 39 98 01 02', '« dès', 'Notes']
  const places = told.map((words) => text.indexOf(words))
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((one, other) => one - other))
  expect(text).not.toContain('foyer')
})

test('it is in French, tagged, and has a title', async () => {
  const { pdf } = await open(paper)
  const { info } = await pdf.getMetadata()
  expect(info).toMatchObject({ Title: paper.title, Language: 'fr-FR' })
  expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true })
  const tree = JSON.stringify(await (await pdf.getPage(1)).getStructTree())
  expect(tree).toContain('"H1"')
  expect(tree).toContain('"H2"')
})

test('as much as may be typed still holds on one page; beyond, the end is cut and the page stays one', async () => {
  const long = (text: string): Paper => ({ ...paper, sections: [{ heading: 'Le besoin', lines: [{ text }] }] })
  const words = await open(long(`${'mots du besoin '.repeat(265)}fin`))
  expect(words.totalPages).toBe(1)
  expect(words.text).toContain('fin Notes')
  const lines = await open(long('ligne\n'.repeat(700)))
  expect(lines.totalPages).toBe(1)
  expect(lines.text).toContain('Document confidentiel')
})

test('an emoji, a joiner and a tab spoil nothing', async () => {
  const { totalPages, text } = await open({ ...paper, heading: 'Ana\t🌻 Ro\u200Dcher' })
  expect(totalPages).toBe(1)
  expect(text).toContain('Rocher')
})
