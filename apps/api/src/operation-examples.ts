import { memberExamples } from '@maillage/contracts/access/member-examples'
import { ownSessionExamples } from '@maillage/contracts/access/session-examples'
import { accountExamples } from '@maillage/contracts/examples/accounts'
import { caseExamples } from '@maillage/contracts/examples/cases'
import { callSheetExamples } from '@maillage/contracts/examples/coordination/call-sheets'
import { duplicateExamples } from '@maillage/contracts/examples/coordination/duplicates'
import { dischargeBoardExamples } from '@maillage/contracts/examples/discharge-board'
import { gpSearchExamples } from '@maillage/contracts/examples/gp-search'
import { homeExamples } from '@maillage/contracts/examples/home'
import { hospitalDischargeExamples } from '@maillage/contracts/examples/hospital-discharge'
import { liveExamples } from '@maillage/contracts/examples/live'
import type { OperationExamples } from '@maillage/contracts/examples/operation-examples'
import { delegationExamples } from '@maillage/contracts/examples/partners/delegations'
import { partnerExamples } from '@maillage/contracts/examples/partners/partners'
import { patientExamples } from '@maillage/contracts/examples/patients'
import { practitionerExamples } from '@maillage/contracts/examples/practitioners'
import { proposalExamples } from '@maillage/contracts/examples/proposals'
import { publicRegistrationExamples } from '@maillage/contracts/examples/public-registration'
import { revalidationExamples } from '@maillage/contracts/examples/revalidation'
import { teamExamples } from '@maillage/contracts/examples/teams'
import { unscheduledCareExamples } from '@maillage/contracts/examples/unscheduled-care'
import { waitingListImportExamples } from '@maillage/contracts/examples/waiting-list-imports'
import { worklistExamples } from '@maillage/contracts/examples/worklist'
import { notificationExamples } from '@maillage/contracts/notifications/notice-examples'
import { openIdExamples } from '@maillage/contracts/openid/examples'
import { secondFactorExamples } from '@maillage/contracts/second-factor/examples'
import { settingExamples } from '@maillage/contracts/settings/examples'
import { slotExamples } from '@maillage/contracts/slots/examples'
import { readingAlertExamples } from '@maillage/contracts/trail/examples'

/** What the OpenAPI document shows of each operation, by its id. */
export const operationExamples: OperationExamples = {
  ...accountExamples,
  ...caseExamples,
  ...callSheetExamples,
  ...duplicateExamples,
  ...gpSearchExamples,
  ...homeExamples,
  ...hospitalDischargeExamples,
  ...liveExamples,
  ...delegationExamples,
  ...dischargeBoardExamples,
  ...notificationExamples,
  ...openIdExamples,
  ...patientExamples,
  ...partnerExamples,
  ...practitionerExamples,
  ...proposalExamples,
  ...publicRegistrationExamples,
  ...readingAlertExamples,
  ...revalidationExamples,
  ...memberExamples,
  ...ownSessionExamples,
  ...teamExamples,
  ...secondFactorExamples,
  ...settingExamples,
  ...slotExamples,
  ...unscheduledCareExamples,
  ...waitingListImportExamples,
  ...worklistExamples,
}
