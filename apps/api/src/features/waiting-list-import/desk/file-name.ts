const longest = 120

/** The name of a file that is sent (`attachment; filename*=UTF-8''liste.xlsx`), without path; « liste » when none is told. */
export function fileNameIn(disposition: string | undefined): string {
  const encoded = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition ?? '')?.[1] ?? ''
  const name = (decoded(encoded).split(/[\\/]/).at(-1) ?? '').replace(/\p{Cc}/gu, '').trim()
  return name.slice(0, longest) || 'liste'
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
