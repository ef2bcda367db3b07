import type { Volume } from './volume.ts'

/** Openings are spread evenly over two years. */
const spanMs = 730 * 86_400_000

const surnames = {
  starts:
    'Mar Ber Dur Lan Gar Cha Mor Rou Vil Fon Bel Del Tre Kes Pla Gri Sau Bru Cor Val Her Lam Pel Ros Tou Bou Mon Cas Fer Gau',
  middles: '- ti du ne lo ra vi ma sse ri',
  ends: 'nard tin rand lier mont gnon veau zet dine court bois tel quet ville nier lot son rel chard bert',
}
const firstNames = {
  female:
    'Camille Léa Zoé Inès Aude Coline Elvire Marie Jeanne Monique Sylvie Nathalie Éloïse Françoise Anne-Marie Marie-Thérèse Fatima Amina Rosa Lucie Élodie Chloé Agathe Odile Yvette Denise Simone Paulette Huguette Ginette',
  male: 'Basile Damien Firmin Louis Lucas Hugo Jean Michel Alain François René Jean-Pierre Jean-Claude Marc André Noël Karim Mehdi Pedro Théo Loïc Benoît Gaël Raphaël Roger Marcel Lucien Gaston Émile Fernand',
}
const arrayOf = (words: string): string =>
  `array[${words
    .split(' ')
    .map((word) => `'${word === '-' ? '' : word}'`)
    .join(', ')}]`

/** Numbers kept for works of fiction: nobody will ever ring. */
const phonePrefixes = arrayOf('+3363998 +3319900 +3326191 +3335301 +3346571 +3353649')

/**
 * The functions that the other statements draw from, in the session's own schema. `draw` is a hash of a row's number and
 * of a salt: as even as chance, and the same at each run. Names are skewed, as real ones are: the first syllables come
 * up far more often than the last.
 */
export const chance = ({ cases, at }: Volume): string[] => [
  `create function pg_temp.draw(n bigint, salt bigint, upto bigint) returns int language sql immutable as
    $$ select ((hashint8extended(n, salt) & 2147483647) % upto)::int $$`,
  `create function pg_temp.skewed(n bigint, salt bigint, upto int) returns int language sql immutable as
    $$ select floor(upto * power(pg_temp.draw(n, salt, 1000000) / 1000000.0::float8, 1.6))::int $$`,
  `create function pg_temp.one_of(words text[], place int) returns text language sql immutable as
    $$ select words[1 + place] $$`,
  // A UUID v7: its first 48 bits are the instant, so that rows lie in the order in which they were made.
  `create function pg_temp.id_of(what text, n bigint, ms bigint) returns uuid language sql immutable as
    $$ select overlay(overlay(overlay(md5(what || n::text) placing '7' from 13) placing '8' from 17)
      placing lpad(to_hex(ms), 12, '0') from 1)::uuid $$`,
  `create function pg_temp.at_ms(ms bigint) returns timestamptz language sql immutable as
    $$ select to_timestamp(ms / 1000.0::float8) $$`,
  // In ISO form, as the application writes instants inside JSON.
  `create function pg_temp.iso(ms bigint) returns text language sql stable as
    $$ select to_char(to_timestamp(ms / 1000.0::float8) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$`,
  `create function pg_temp.opened_ms(n bigint) returns bigint language sql immutable as
    $$ select ${at.getTime()} - 60000 - (${cases} - n) * ${spanMs} / ${cases} $$`,
  `create function pg_temp.surname(n bigint, salt bigint) returns text language sql immutable as
    $$ select (${arrayOf(surnames.starts)})[1 + pg_temp.skewed(n, salt, 30)] || (${arrayOf(surnames.middles)})[1 + pg_temp.skewed(n, salt + 1, 10)]
      || (${arrayOf(surnames.ends)})[1 + pg_temp.skewed(n, salt + 2, 20)] $$`,
  `create function pg_temp.first_name(n bigint, sex text) returns text language sql immutable as
    $$ select case sex when 'female' then (${arrayOf(firstNames.female)})[1 + pg_temp.skewed(n, 44, 30)]
      else (${arrayOf(firstNames.male)})[1 + pg_temp.skewed(n, 44, 30)] end $$`,
  `create function pg_temp.phone(n bigint, salt bigint) returns text language sql immutable as
    $$ select (${phonePrefixes})[1 + pg_temp.draw(n, salt, 6)] || lpad(pg_temp.draw(n, salt + 1, 10000)::text, 4, '0') $$`,
  // What the application's folding gives for the letters that the names above are made of.
  `create function pg_temp.folded(name text) returns text language sql immutable as
    $$ select translate(lower(name), 'éèêëàâîïôûùç-', 'eeeeaaiiouuc ') $$`,
]
