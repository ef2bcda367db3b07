import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

/** What one is told and how; what did not arrive; the words and the log of an administrator. */
export const notificationsRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.messages,
    name: 'messages',
    meta: { access: 'signed-in' },
    component: () => import('./ReceivedPage.vue'),
  },
  {
    path: paths.notifications,
    name: 'notifications',
    meta: { access: 'signed-in' },
    component: () => import('./ChoicesPage.vue'),
  },
  {
    path: '/ouvrir/:token',
    name: 'open-link',
    meta: { access: 'signed-in' },
    component: () => import('./OpenLinkPage.vue'),
  },
  {
    path: paths.undelivered,
    name: 'undelivered',
    meta: { access: ['coordinator'] },
    component: () => import('./UndeliveredPage.vue'),
  },
  {
    path: paths.messageTemplates,
    name: 'message-templates',
    meta: { access: ['administrator'] },
    component: () => import('./TemplatesPage.vue'),
  },
  {
    path: paths.sentMessages,
    name: 'sent-messages',
    meta: { access: ['administrator'] },
    component: () => import('./SentPage.vue'),
  },
]
