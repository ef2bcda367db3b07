import type { AskFactorReset } from '@maillage/contracts/access/members'
import type { RedeemPasswordReset } from '@maillage/contracts/access/passwords'
import * as z from 'zod'
import type { Http } from '../../../platform/http.ts'

export interface ResetsApi {
  askPassword: (email: string) => Promise<unknown>
  choosePassword: (chosen: RedeemPasswordReset) => Promise<unknown>
  askFactor: (asked: AskFactorReset) => Promise<unknown>
  proof: (token: string) => Promise<unknown>
  objection: (token: string) => Promise<unknown>
}

/** The calls of who lost a password or a second factor: nobody is signed in. */
export function resetsApi(http: Http): ResetsApi {
  return {
    askPassword: (email) => http.post('/password-resets', { email }, z.unknown()),
    choosePassword: (chosen) => http.post('/password-resets/redemption', chosen, z.unknown()),
    askFactor: (asked) => http.post('/second-factor-resets', asked, z.unknown()),
    proof: (token) => http.post('/second-factor-resets/proof', { token }, z.unknown()),
    objection: (token) => http.post('/second-factor-resets/objection', { token }, z.unknown()),
  }
}
