import { expect, test } from 'vitest'
import { installPwa, type PwaDeps } from './pwa.ts'

class Worker extends EventTarget {
  state = 'installing'
  readonly heard: unknown[] = []
  postMessage(message: unknown): void {
    this.heard.push(message)
  }
  become(state: string): void {
    this.state = state
    this.dispatchEvent(new Event('statechange'))
  }
}
class Registration extends EventTarget {
  waiting: Worker | null = null
  installing: Worker | null = null
}
class Container extends EventTarget {
  controller: Worker | null
  readonly registration = new Registration()
  constructor(controller: Worker | null) {
    super()
    this.controller = controller
  }
  register = async (): Promise<Registration> => this.registration
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done))

function installed(controller: Worker | null) {
  const container = new Container(controller)
  let reloads = 0
  const deps = {
    // Only the few members that installPwa uses are played here.
    container: container as unknown as PwaDeps['container'],
    later: (run: () => void) => run(),
    reload: () => {
      reloads += 1
    },
  }
  return { pwa: installPwa(deps), container, reloads: () => reloads }
}

function arrives({ registration }: Container): Worker {
  const worker = new Worker()
  registration.installing = worker
  registration.dispatchEvent(new Event('updatefound'))
  worker.become('installed')
  return worker
}

test('the first version ever announces nothing', async () => {
  const { pwa, container } = installed(null)
  await settled()
  arrives(container)
  expect(pwa.isNewReady.value).toBe(false)
})

test('a new version waits for a press, then the page is loaded anew, once', async () => {
  const { pwa, container, reloads } = installed(new Worker())
  await settled()
  const worker = arrives(container)
  expect(pwa.isNewReady.value).toBe(true)
  expect(worker.heard).toEqual([])
  pwa.takeNew()
  expect(worker.heard).toEqual(['take-over'])
  container.dispatchEvent(new Event('controllerchange'))
  expect(reloads()).toBe(1)
})

test('a version taken in another tab does not reload this one', async () => {
  const { container, reloads } = installed(new Worker())
  await settled()
  container.dispatchEvent(new Event('controllerchange'))
  expect(reloads()).toBe(0)
})

test('a browser without service workers goes on', () => {
  const pwa = installPwa({ container: undefined, later: (run) => run(), reload: () => undefined })
  pwa.takeNew()
  expect(pwa.isNewReady.value).toBe(false)
})
