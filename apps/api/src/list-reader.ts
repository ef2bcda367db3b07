import { parentPort } from 'node:worker_threads'
import { serveReading } from './features/waiting-list-import/reader/reading-thread.ts'
import { referenceMunicipalities } from './reference/find-municipality.ts'

// A thread that reads one large list, then ends.
if (parentPort) serveReading(parentPort, referenceMunicipalities)
