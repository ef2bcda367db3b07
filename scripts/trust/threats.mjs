/** How `docs/menaces.md` names what attacks a threat: the file in code, then the beginning of the test's title in « ». */
const named = /`([\w./-]+\.(?:test|e2e)\.ts)`(?:[\s\u00A0\u202F]+«[\s\u00A0\u202F]*([^»]+?)[\s\u00A0\u202F]*»)?/g

/**
 * The lines of the table whose test is not there, and those that name none.
 * @param {string} table the Markdown text
 * @param {(path: string) => string | undefined} read gives a file's text, or nothing
 */
export function judgeThreats(table, read) {
  const faults = []
  let rows = 0
  for (const [index, line] of table.split('\n').entries()) {
    const isRow = /^\|\s*[STRIDE]{1,6}\s*\|/.test(line)
    const tests = [...line.matchAll(named)]
    if (isRow) rows += 1
    if (isRow && tests.length === 0) faults.push(`line ${index + 1}: no test attacks this threat`)
    for (const [, path = '', title] of tests) {
      const text = read(path)
      if (text === undefined) faults.push(`line ${index + 1}: ${path} is not there`)
      else if (title !== undefined && !text.includes(title))
        faults.push(`line ${index + 1}: ${path} has no « ${title} »`)
    }
  }
  return rows > 0 ? faults : [...faults, 'no threat at all']
}
