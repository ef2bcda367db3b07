/** A piece of a notice, for the templates: a heading or a paragraph. */
export type NoticeBlock = { readonly heading: string } | { readonly paragraph: string }

/** Reads a notice as it is written in its screen: paragraphs parted by line ends, headings begun by « ## ». */
export const noticeBlocks = (text: string): NoticeBlock[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length > 0)
    .map((line) => (line.startsWith('## ') ? { heading: line.slice(3) } : { paragraph: line }))
