/** The release, as the CHANGELOG names it. */
export const version = '0.1.0'
