/** Every name here is made up for the demo, first names and surnames being drawn apart. */
const list = (words: string): readonly string[] => words.trim().split(/\s+/)

export const firstNames = {
  female: {
    old: list(`Andrée Arlette Carmen Claudette Colette Danielle Denise Éliane Fatima Françoise Georgette Germaine Ginette
      Hélène Huguette Incarnation Jacqueline Jeanine Josette Josiane Lucette Madeleine Marinette Maryse Mireille Monique
      Nicole Odette Paulette Pierrette Raymonde Renée Rolande Simone Solange Suzanne Yvette Yvonne Zohra`),
    middle: list(`Aïcha Amandine Béatrice Brigitte Carole Catherine Céline Chantal Christelle Corinne Delphine Fabienne
      Florence Hafida Isabelle Karima Laurence Magali Maïté Marie-Line Martine Muriel Nadège Nathalie Patricia Rachida
      Sabine Sandrine Séverine Sylvie Valérie Véronique Virginie`),
    young: list(`Alizée Amina Anaïs Aurore Chloé Clémence Élisa Emma Inès Jade Julie Kenza Lamia Léa Lina Lola Lou Lucie
      Maëlle Manon Margaux Mathilde Mélissa Nawel Océane Pauline Romane Salomé Sarah Solène Yasmine Zoé`),
  },
  male: {
    old: list(`Abdelkader André Antonio Armand Bernard Claude Edmond Émile Étienne Fernand Francisco Georges Gérard Gilbert
      Guy Henri Hubert Jacques Jean-Claude Jean-Pierre Lucien Manuel Marcel Maurice Michel Paul Pierre Raymond René
      Robert Roger Rolland Serge Yves`),
    middle: list(`Alain Bruno Christian Christophe Denis Didier Éric Fabrice Franck Frédéric Gilles Hervé Hocine Jérôme
      Karim Laurent Loïc Marc Mohamed Mourad Olivier Pascal Patrice Philippe Rachid Régis Sébastien Stéphane Thierry
      Vincent Xavier`),
    young: list(`Adam Adrien Antoine Bastien Bilal Corentin Dylan Enzo Florian Gabriel Hugo Ilyès Jordan Kévin Léo Lucas
      Mathis Maxime Mehdi Nathan Nolan Quentin Rayan Rémi Samir Simon Théo Thomas Titouan Tristan Yanis`),
  },
} as const

export const surnames =
  list(`Abribat Aguilar Alègre Almeras Amrani Arnavielle Astruc Aubanel Ayral Azémar Bakhti Barbaste Barral
  Bastide Belhadj Belmonte Benedetti Benyahia Bessière Blanquer Boissonnade Bonnafoux Bouchet Boudet Bouzid Brunel Cabanel
  Cabrol Calvet Cambon Canovas Carrière Castanier Cauvas Cazalis Chabaud Chalier Chapus Clapier Combescure Cordier Couderc
  Da-Silva Daumas Delpech Delprat Deleuze Dumazert Escudier Espinasse Estève Fabrègues Fadel Faucher Ferreira Figuières
  Fourcade Galibert Garrigou Gaussen Genieys Gervais Ginestet Gomez Grenier Guérin Hamdi Heraud Hostalier Issartel Jalabert
  Jeanjean Jourdan Kaddour Kerguen Lacombe Lagarde Lapeyre Larguier Laurens Lemaître Lescure Lopez Lubac Maillé Malafosse
  Mansouri Marcillac Martinez Mazel Méjean Mercier Mestre Michel-Sault Milhau Molinier Montels Moreau N'Guessan Navarro Nègre
  Nguyen Nougaret Ortega Ouali Pagès Parguel Pascal-Ruas Pelissier Peyrot Pinheiro Planchon Pouget Pradel Puech Quatrefages
  Rahmani Ramadier Raynal Reboul Ribeyre Rigal Rivière Roche Rouquette Roussel Sabatier Salles Sanchez Santos Saumade Sauvaire
  Serre Slimani Soulier Tarayre Teissèdre Tessier Thérond Torres Tourette Traoré Triaire Vaissade Valat Valette Vedel Verdier
  Vernhet Viala Vidal Vigouroux Villaret Zerrouki`)

/** Surnames that nobody is known to bear: those who care for the others are found in a directory, patients are not. */
export const carerSurnames =
  list(`Alvernat Aubrespy-Lune Bassompré Beaurivel Belcastre Blanqueyrol Boisvallier Bruyandes
  Calmérac Cantelauze Castelverd Cévenart Chambrigal Clairvanne Combelongue-Rey Costeplane Dourbiane Escalavert Estagniol
  Fontargues Fontvieillard Garouviel Gravezonne Hautcastel Lamourelle Lavandrier Lentisquier Lirondel Malaveille Margeridou
  Mauverane Mistralet Montarlier Oliveyras Orbieu-Saix Palavesse Perdriguier Peyrandes Pinsolières Ponantais Puechmarin
  Rochebelline Roquevaire-Tan Rouvayrole Sablonet Salicornier Sansouirel Sylvéréal-Roux Tamarissier Terrefort Tourbillane
  Valcombreux Valmargues Ventajou-Lys Verdoulière Vidourlène Vignobrac Viradel Yeusière Zéphyrian Brévalec Kermadigou
  Lestibouard Vaugrenelle Amezrane Bouzerdane Sanchidria Quessadour`)

export const streets = list(
  `Aires Amandiers Arènes Aubépines Cadereau Capitelles Cigales Clauzels Coquelicots Dardaillon Figuiers Garrigue Genêts
  Glycines Grenadiers Horts Iris Jujubiers Lavandes Lauriers Magnanerie Micocouliers Moulins Mûriers Oliviers Pêcheurs Pins
  Platanes Puits Romarins Roseaux Sources Tamaris Vendanges Vignes`,
)
