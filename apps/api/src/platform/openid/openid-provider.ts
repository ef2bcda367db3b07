/** How far a provider's clock may stand from ours, in seconds; what is past it is refused. */
export const borneSeconds = 45

/** A client certificate, in PEM. */
export interface ClientCertificate {
  readonly cert: string
  readonly key: string
}

interface AnyProvider {
  /** Names it in our addresses: `pro-sante-connect`, or what the operator chose for a hospital. */
  readonly key: string
  /** On the button. */
  readonly name: string
  readonly issuer: string
  /** Where it describes itself; Pro Santé Connect does so at an address of its own. */
  readonly discoveryUrl: string
  readonly clientId: string
  /** Absent: the certificate alone says who we are. */
  readonly clientSecret: string | undefined
  /** Shown to the token endpoint alone. */
  readonly certificate: ClientCertificate | undefined
  readonly scope: string
}

export interface ProSanteConnect extends AnyProvider {
  readonly kind: 'pro-sante-connect'
}

/** A hospital's own directory. It knows its staff by their e-mail, and vouches for nobody else's. */
export interface HospitalProvider extends AnyProvider {
  readonly kind: 'hospital'
  /** Of the addresses that it may vouch for: `ch-vidourle.fr`. */
  readonly emailDomains: readonly string[]
  /** What in its token proves two factors: one of these levels, or one of these means. */
  readonly twoFactorLevels: readonly string[]
  readonly twoFactorMeans: readonly string[]
}

/** Who vouches for people at our door, beside ourselves. */
export type OpenIdProvider = ProSanteConnect | HospitalProvider
