// Runs before the first paint, so that a dark screen never flashes white. A file and not an inline script: the
// content security policy allows no inline script. The key is the one of src/platform/theme.ts.
;(() => {
  let chosen = 'auto'
  try {
    chosen = localStorage.getItem('maillage-theme') ?? 'auto'
  } catch {
    // Storage refused by the browser: follow the system.
  }
  const dark = chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.classList.add(dark ? 'dark' : 'light')
})()
