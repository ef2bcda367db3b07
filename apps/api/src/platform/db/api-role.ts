/** The role under which every request runs: it owns nothing and cannot pass the row-level policies. */
export const apiRole = 'maillage_api'
