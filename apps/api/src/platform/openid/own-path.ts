const nowhere = 'http://nowhere.invalid'

/** Where to go back after signing in: one of our own screens, or the first one for anything else that was asked. */
export function ownPath(asked: string | undefined): string {
  // A browser reads a backslash as a slash, and leaves tabs and line ends out.
  if (asked === undefined || !/^\/[^\\\p{Cc}]*$/u.test(asked) || asked.length > 500) return '/'
  if (!URL.canParse(asked, nowhere)) return '/'
  const { origin, pathname, search } = new URL(asked, nowhere)
  return origin === nowhere && !pathname.startsWith('//') && !pathname.startsWith('/api/') ? pathname + search : '/'
}
