import type * as z from 'zod'
import type { OperationExamples } from '../examples/operation-examples.ts'
import type { ProviderSignOut } from './sign-in.ts'

const signOut = {
  url: 'https://fournisseur.exemple.example/logout?post_logout_redirect_uri=https%3A%2F%2Fmaillage.exemple.example%2Fconnexion',
} satisfies z.input<typeof ProviderSignOut>

export const openIdExamples = {
  postSessionsCurrentProviderSignOut: { answer: signOut },
} satisfies OperationExamples
