import type { Database } from '../platform/db/database.ts';
import type { Actor } from './actor.ts';
import type { Calendar } from './calendar.ts';
import type { CaseKinds } from './case-kind.ts';

/** Everything an act needs, handed down from `main.ts`; no module holds a connection or a clock. */
export interface Deps {
  readonly db: Database;
  readonly now: () => Date;
  readonly kinds: CaseKinds;
}

/** One act in progress: who acts, when, in which calendar, and the slices it may call. */
export interface Context {
  readonly actor: Actor;
  readonly now: Date;
  readonly calendar: Calendar;
  readonly kinds: CaseKinds;
}
