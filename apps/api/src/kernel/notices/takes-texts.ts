/** The numbers that take text messages, in international form: in France and overseas, those that begin by 06 or 07. */
export const numbersOfTexts = String.raw`^\+33[67]\d{8}$|^\+(262|590|594|596|508|687|689)\d{6,9}$`

const known = new RegExp(numbersOfTexts)

/** Does this number take text messages? The database asks it too, by `numbersOfTexts`. */
export const takesTexts = (phone: string): boolean => known.test(phone)
