-- Where each name borne in a CPTS ends: what stands inside a name is found by range, under the same rules as all else.
CREATE TABLE "patient_name_endings" (
	"cpts_id" uuid NOT NULL,
	"ending" text collate "C" NOT NULL,
	"word" text collate "C" NOT NULL,
	CONSTRAINT "patient_name_endings_pk" PRIMARY KEY("cpts_id","ending","word")
);
--> statement-breakpoint
DROP INDEX "patient_search_tokens_patient_idx";--> statement-breakpoint
CREATE INDEX "patient_search_tokens_of_patient" ON "patient_search_tokens" USING btree ("cpts_id","patient_id","token");--> statement-breakpoint
select "protect_tenant_table"('patient_name_endings');
--> statement-breakpoint
grant select on "patient_name_endings" to "maillage_api";
--> statement-breakpoint

-- In one order, so that two files written at once never wait for each other.
create function "keep_name_endings"() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into patient_name_endings (cpts_id, ending, word)
  select n.cpts_id, substr(n.token, start), n.token
  from (select distinct cpts_id, token from added where token !~ '[ 0-9+]' and length(token) > 3) n
  cross join lateral generate_series(2, length(n.token) - 2) start
  where not exists (
    select from patient_name_endings k
    where k.cpts_id = n.cpts_id and k.ending = substr(n.token, 2) and k.word = n.token)
  order by n.cpts_id, 2, n.token
  on conflict do nothing;
  return null;
end $$;
--> statement-breakpoint
-- A name that nobody bears any more leaves nothing behind.
create function "forget_name_endings"() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  delete from patient_name_endings e
  using (
    select distinct g.cpts_id, g.token from gone g
    where g.token !~ '[ 0-9+]' and length(g.token) > 3 and not exists (
      select from patient_search_tokens t where t.cpts_id = g.cpts_id and t.token = g.token)) n
  cross join lateral generate_series(2, length(n.token) - 2) start
  where e.cpts_id = n.cpts_id and e.ending = substr(n.token, start) and e.word = n.token;
  return null;
end $$;
--> statement-breakpoint
revoke all on function "keep_name_endings"(), "forget_name_endings"() from public;
--> statement-breakpoint
create trigger "patient_search_tokens_keep_endings" after insert on "patient_search_tokens" referencing new table as added
  for each statement execute function "keep_name_endings"();
--> statement-breakpoint
create trigger "patient_search_tokens_forget_endings" after delete on "patient_search_tokens" referencing old table as gone
  for each statement execute function "forget_name_endings"();
--> statement-breakpoint

-- The names that are there already.
insert into "patient_name_endings" (cpts_id, ending, word)
select cpts_id, substr(token, start), token
from (select distinct cpts_id, token from "patient_search_tokens" where token !~ '[ 0-9+]') names
cross join lateral generate_series(2, length(token) - 2) start;
