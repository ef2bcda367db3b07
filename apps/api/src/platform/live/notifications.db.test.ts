import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../../test/test-db.ts'
import { type Notifications, openNotifications } from './notifications.ts'

let database: TestDatabase
let notifications: Notifications

beforeAll(async () => {
  database = await openTestDatabase()
  notifications = openNotifications({ url: database.url, channel: 'essai', onError: () => undefined })
})
afterAll(async () => {
  await notifications.close()
  await database.close()
})

test('what is asked at once is asked in turn', async () => {
  const warnings: string[] = []
  const keep = ({ message }: Error): void => {
    warnings.push(message)
  }
  process.on('warning', keep)
  await new Promise<void>((resolve) => {
    notifications.follow({ onMessage: () => undefined, onLost: () => undefined, onBack: () => resolve() })
  })
  const sure = await Promise.all([1, 2, 3].map(() => notifications.confirm()))
  process.off('warning', keep)
  expect(sure).toEqual([true, true, true])
  expect(warnings).toEqual([])
})
