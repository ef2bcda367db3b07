/** Does this number, in international form, take text messages? In France and overseas, those that begin by 06 or 07. */
export const takesTexts = (phone: string): boolean =>
  /^\+33[67]\d{8}$|^\+(262|590|594|596|508|687|689)\d{6,9}$/.test(phone)
