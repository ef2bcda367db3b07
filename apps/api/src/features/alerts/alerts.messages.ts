/**
 * What an alert says. No health word, no name, no birth date, no reference: a mailbox is not a place for them.
 * It leads to the queue, where signing in is asked.
 */
export function unreadMail(count: number, publicUrl: string): { subject: string; text: string } {
  const what = count === 1 ? '1 demande urgente attend d’être lue' : `${count} demandes urgentes attendent d’être lues`
  const text = [
    `${what}.`,
    '',
    `Ouvrir Maillage : ${publicUrl}/file?tri=priorite`,
    '',
    'Ce courriel part quand personne de la coordination n’a ouvert une demande urgente à temps.',
    'Il n’est envoyé qu’une fois par demande. Ne répondez pas à ce message.',
  ].join('\n')
  return { subject: what, text }
}
