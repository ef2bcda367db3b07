CREATE TABLE "case_counts" (
	"cpts_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"band_rank" smallint NOT NULL,
	"slot" smallint NOT NULL,
	"cases" integer NOT NULL,
	"escalated" integer NOT NULL,
	"unowned" integer NOT NULL,
	CONSTRAINT "case_counts_pk" PRIMARY KEY("cpts_id","kind","status","band_rank","slot")
);
--> statement-breakpoint
CREATE TABLE "case_time_counts" (
	"cpts_id" uuid NOT NULL,
	"what" text NOT NULL,
	"span" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"slot" smallint NOT NULL,
	"cases" integer NOT NULL,
	CONSTRAINT "case_time_counts_pk" PRIMARY KEY("cpts_id","what","span","kind","slot")
);
--> statement-breakpoint
CREATE INDEX "cases_unmet" ON "cases" USING btree ("cpts_id","closed_at") WHERE "cases"."kind" = 'unscheduled-care' and "cases"."status" = 'closed_no_solution';--> statement-breakpoint
select "protect_tenant_table"('case_counts');
--> statement-breakpoint
select "protect_tenant_table"('case_time_counts');
--> statement-breakpoint
-- Written by the triggers below alone, which run as the owner: the API reads.
grant select on "case_counts", "case_time_counts" to "maillage_api";
--> statement-breakpoint
-- A few rows written all day: room on each page keeps their updates in place, and what they leave is swept early.
alter table "case_counts" set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
--> statement-breakpoint
alter table "case_time_counts" set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
--> statement-breakpoint

-- The slot of this transaction: the first that no other holds, kept until its end. Two transactions never write the same
-- counter row: neither waits for the other's commit, and no order of their acts can make a deadlock.
create function "case_count_slot"() returns smallint language plpgsql as $$
declare
  held text := current_setting('app.case_count_slot', true);
begin
  if held <> '' then return held::smallint; end if;
  for slot in 0..32767 loop
    if pg_try_advisory_xact_lock(7302029, slot) then
      perform set_config('app.case_count_slot', slot::text, true);
      return slot;
    end if;
  end loop;
  raise exception 'No slot of the counters is free';
end $$;
--> statement-breakpoint

-- One function an event, for each sees other transition tables. It adds what the statement changed: rows as they are, less
-- rows as they were. What cancels out writes nothing.
do $$
declare
  columns constant text := 'cpts_id, kind, status, band_rank, is_open, queue_at, closed_at, escalated_at, owner_id';
  came constant text := format('select 1 as sign, %s from came', columns);
  gone constant text := format('select -1 as sign, %s from gone', columns);
  event record;
begin
  for event in select * from (values
    ('insert', came, 'new table as came'),
    ('update', came || ' union all ' || gone, 'new table as came old table as gone'),
    ('delete', gone, 'old table as gone')) as events (name, changes, referencing)
  loop
    execute format($create$
      create function %1$I() returns trigger
      language plpgsql security definer set search_path = pg_catalog, public as $body$
      begin
        with changes as (%2$s), standing as (
          insert into case_counts as c (cpts_id, slot, kind, status, band_rank, cases, escalated, unowned)
          select d.cpts_id, case_count_slot(), d.kind, d.status, d.band_rank, d.cases, d.escalated, d.unowned
          from (
            select cpts_id, kind, status, band_rank, sum(sign) as cases,
              coalesce(sum(sign) filter (where escalated_at is not null), 0) as escalated,
              coalesce(sum(sign) filter (where owner_id is null), 0) as unowned
            from changes
            where is_open or (kind = 'unscheduled-care' and status = 'closed_no_solution')
            group by cpts_id, kind, status, band_rank) d
          where d.cases <> 0 or d.escalated <> 0 or d.unowned <> 0
          on conflict (cpts_id, kind, status, band_rank, slot) do update set cases = c.cases + excluded.cases,
            escalated = c.escalated + excluded.escalated, unowned = c.unowned + excluded.unowned
        )
        insert into case_time_counts as c (cpts_id, slot, what, span, kind, cases)
        select d.cpts_id, case_count_slot(), d.what, d.span, d.kind, d.cases
        from (
          select cpts_id, what, span, kind, sum(sign) as cases
          from (
            select cpts_id, 'due' as what, date_bin('4 hours', queue_at, '2000-01-01 00:00+00') as span, kind, sign
            from changes where is_open and isfinite(queue_at)
            union all
            select cpts_id, 'unmet', date_bin('4 hours', closed_at, '2000-01-01 00:00+00'), kind, sign
            from changes where kind = 'unscheduled-care' and status = 'closed_no_solution' and closed_at is not null
          ) moments
          group by cpts_id, what, span, kind) d
        where d.cases <> 0
        on conflict (cpts_id, what, span, kind, slot) do update set cases = c.cases + excluded.cases;
        return null;
      end $body$
      $create$, 'count_cases_on_' || event.name, event.changes);
    execute format('revoke all on function %I() from public', 'count_cases_on_' || event.name);
    -- From here on no write passes uncounted: the trigger's lock keeps writers out until what stands is counted too.
    execute format('create trigger %I after %s on cases referencing %s for each statement execute function %I()',
      'cases_count_' || event.name, event.name, event.referencing, 'count_cases_on_' || event.name);
  end loop;
end $$;
--> statement-breakpoint

-- The cases that are there already.
insert into "case_counts" (cpts_id, slot, kind, status, band_rank, cases, escalated, unowned)
select cpts_id, 0, kind, status, band_rank, count(*), count(*) filter (where escalated_at is not null),
  count(*) filter (where owner_id is null)
from "cases" where is_open or (kind = 'unscheduled-care' and status = 'closed_no_solution')
group by cpts_id, kind, status, band_rank;
--> statement-breakpoint
insert into "case_time_counts" (cpts_id, slot, what, span, kind, cases)
select cpts_id, 0, what, span, kind, count(*)
from (
  select cpts_id, 'due' as what, date_bin('4 hours', queue_at, '2000-01-01 00:00+00') as span, kind
  from "cases" where is_open and isfinite(queue_at)
  union all
  select cpts_id, 'unmet', date_bin('4 hours', closed_at, '2000-01-01 00:00+00'), kind
  from "cases" where kind = 'unscheduled-care' and status = 'closed_no_solution' and closed_at is not null
) moments
group by cpts_id, what, span, kind;
