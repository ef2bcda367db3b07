const words: Readonly<Record<string, string>> = {
  Enter: 'Entrée',
  Escape: 'Échap',
  ' ': 'Espace',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Tab: 'Tab',
  Delete: 'Suppr',
  Home: 'Début',
  End: 'Fin',
  mod: 'Ctrl',
  shift: 'Maj',
}

/** A press as the caps of a French keyboard say it: `mod+k` gives « Ctrl » and « K ». */
export function keyWords(step: string): readonly string[] {
  const parts = step.length > 1 ? step.split('+') : [step]
  return parts.map((part) => words[part] ?? part.toUpperCase())
}
