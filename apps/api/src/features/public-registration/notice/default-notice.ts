/**
 * What a CPTS tells of the data that it is given, until it publishes a text of its own: purposes, who reads, how long,
 * rights, complaint (domain notes B7). A changed text takes a new version: what somebody agreed to stays known.
 * A line that begins with « ## » is a heading.
 */
export const defaultNotice = {
  version: 'produit-1',
  text: `## À quoi servent vos réponses
Elles servent à une seule chose : vous aider à trouver un médecin traitant sur le territoire de la CPTS, la communauté des professionnels de santé de votre secteur.

## Qui les lit
La coordination de la CPTS, tenue au secret. Un médecin à qui votre demande est proposée voit d’abord votre tranche d’âge, votre commune et votre besoin, sans votre nom. Il reçoit vos coordonnées seulement s’il accepte de vous suivre. Votre couverture complémentaire et vos allocations ne lui sont jamais montrées.

## Combien de temps
Une demande que vous ne confirmez pas est effacée au bout de sept jours. Une demande confirmée est gardée tant que vous cherchez, puis le temps pendant lequel la CPTS doit pouvoir rendre compte de ce qui a été fait ; vous pouvez demander son effacement à la CPTS.

## Sur quelle base
Votre accord. Vous pouvez le retirer à tout moment depuis votre page de suivi : la recherche s’arrête alors.

## Vos droits
Vous pouvez lire, corriger ou faire effacer ce qui vous concerne, ou vous opposer à son usage. Adressez-vous à la coordination de la CPTS. Vous pouvez aussi saisir la CNIL : www.cnil.fr, 3 place de Fontenoy, 75007 Paris.

## Ce que nous ne demandons pas
Ni numéro de sécurité sociale, ni carte Vitale, ni paiement.`,
} as const
