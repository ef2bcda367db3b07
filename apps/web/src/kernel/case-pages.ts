import type { CaseKindName } from '@maillage/contracts/cases'
import type { Component } from 'vue'

/** Where a case is shown: on its own page, or in the pane beside the queue. */
export type CaseView = 'page' | 'pane'

/**
 * Each kind's page: a component that takes `id` and `view` and emits `changed`. The kernel receives them from the
 * router, so that it shows a case of any kind and knows no slice.
 */
export type CasePages = Record<CaseKindName, Component>
