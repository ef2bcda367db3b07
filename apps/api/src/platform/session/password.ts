import { hash, verify } from '@node-rs/argon2'

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

// Of a password that nobody knows, at the same cost: an unknown e-mail takes as long as a known one.
const nobody = '$argon2id$v=19$m=19456,t=2,p=1$TMMPlfh3VoaV8hL3tsDzsw$q4miEYhMh3LGySQZm8g35uKUpwHnsE5kVvQYD0ThcWM'

/** The argon2id digest to store for a password. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost)

/** Compares in the same time whether or not the account exists. */
export async function isPassword(stored: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(stored ?? nobody, password)
  return matches && stored !== undefined
}
