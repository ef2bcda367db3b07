import { pageOf } from '@maillage/contracts/kit/page'
import { type ChangeNoticeChoices, OwnNoticeChoices } from '@maillage/contracts/notifications/notice-choices'
import {
  type ChangeNoticeTemplate,
  NoticePreview,
  NoticeTarget,
  NoticeTemplate,
  NoticeTemplates,
  type NoticeWords,
  ReceivedNotice,
  SentNotice,
  UndeliveredNotice,
  UnreadNotices,
} from '@maillage/contracts/notifications/notices'
import * as z from 'zod'
import type { Http } from '../../platform/http.ts'

const Nothing = z.undefined()
const Received = pageOf(ReceivedNotice)
const Undelivered = pageOf(UndeliveredNotice)
const Sent = pageOf(SentNotice)

/** The calls of the pages about messages. */
export function notificationsApi(http: Http) {
  const page = (cursor?: string) => ({ limit: 50, cursor })
  return {
    received: (cursor?: string, signal?: AbortSignal) =>
      http.get('/notifications', Received, { query: page(cursor), signal }),
    read: (until: string) => http.post('/notifications/reading', { until }, UnreadNotices),
    choices: (signal?: AbortSignal) => http.get('/notification-choices', OwnNoticeChoices, { signal }),
    choose: (body: ChangeNoticeChoices) => http.put('/notification-choices', body, OwnNoticeChoices),
    tryOut: () => http.post('/notification-trials', undefined, Nothing),
    open: (token: string, signal?: AbortSignal) => {
      // Asked by a POST so that what opens the link stands in no log; nothing is written.
      return http.post('/notification-links/opening', { token }, NoticeTarget, { signal })
    },
    undelivered: (cursor?: string, signal?: AbortSignal) =>
      http.get('/undelivered-messages', Undelivered, { query: page(cursor), signal }),
    handle: (id: string) => http.post(`/undelivered-messages/${id}/handling`, undefined, Nothing),
    templates: async (signal?: AbortSignal) =>
      (await http.get('/message-templates', NoticeTemplates, { signal })).items,
    reword: (kind: string, body: ChangeNoticeTemplate) => http.put(`/message-templates/${kind}`, body, NoticeTemplate),
    preview: (kind: string, words: NoticeWords) =>
      http.post(`/message-templates/${kind}/preview`, { words }, NoticePreview),
    sent: (cursor?: string, signal?: AbortSignal) =>
      http.get('/message-deliveries', Sent, { query: page(cursor), signal }),
  }
}
