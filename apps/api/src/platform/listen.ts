import { errorCode } from './db/connect.ts'
import { StartRefusal } from './start-refusal.ts'

const usualPort = 3000
const lastPort = usualPort + 50

/** The part of a server that is needed here; Fastify's is one. */
export interface Listener {
  listen(options: { host: string; port: number }): Promise<string>
}

/** Listens on the port that was asked for, or on the first free one from 3000; gives the port. */
export async function listen(server: Listener, host: string, asked: number | undefined): Promise<number> {
  for (let port = asked ?? usualPort; ; port += 1) {
    try {
      return Number(new URL(await server.listen({ host, port })).port)
    } catch (error) {
      const code = errorCode(error)
      const isTaken = code === 'EADDRINUSE'
      if (isTaken && asked === undefined && port < lastPort) continue
      if (isTaken) throw new StartRefusal(`Le port ${port} est déjà pris. Choisissez-en un autre : PORT=…`)
      if (code === 'EACCES') throw new StartRefusal(`Le port ${port} demande des droits que Maillage n’a pas.`)
      if (code === 'EADDRNOTAVAIL') throw new StartRefusal(`L’adresse ${host} n’est pas celle de cette machine (HOST).`)
      throw error
    }
  }
}
