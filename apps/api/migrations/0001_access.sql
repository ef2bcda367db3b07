-- Search columns compare by bytes: a prefix is then a range (`>=`, `<`) that the index serves under row-level security.
alter table "patient_search_tokens" alter column "token" type text collate "C";
--> statement-breakpoint
alter table "practitioners" alter column "search" type text collate "C";
--> statement-breakpoint
alter table "municipalities" alter column "search" type text collate "C";
--> statement-breakpoint
alter table "accounts" add constraint "accounts_email_folded" check ("email" = lower("email"));
--> statement-breakpoint

-- Every tenant table: the API's role sees the rows of the CPTS set on its connection and no other; without a setting,
-- none. The owner (migrations, jobs) has a policy of its own, because FORCE takes away an owner's exemption.
-- A later migration that adds a tenant table calls this function; a test lists the tables that lack a policy.
create function "protect_tenant_table"(target regclass, tenant_column name default 'cpts_id') returns void
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy tenant on %s to maillage_api using (%I = (select nullif(current_setting(''app.cpts_id'', true), '''')::uuid))'
    ' with check (%I = (select nullif(current_setting(''app.cpts_id'', true), '''')::uuid))',
    target, tenant_column, tenant_column);
  execute format('create policy maintenance on %s to %I using (true) with check (true)', target, current_user);
end $$;
--> statement-breakpoint
select "protect_tenant_table"('cpts', 'id');
--> statement-breakpoint
select "protect_tenant_table"(format('%I.%I', c.table_schema, c.table_name)::regclass)
from information_schema.columns c
join information_schema.tables t using (table_schema, table_name)
where c.table_schema = 'public' and c.column_name = 'cpts_id' and t.table_type = 'BASE TABLE'
order by c.table_name;
--> statement-breakpoint

grant usage on schema "public" to "maillage_api";
--> statement-breakpoint
grant select on "municipalities", "former_municipalities", "public_holidays", "professions", "specialties",
  "reference_versions", "cpts", "cpts_municipalities", "closed_days", "organizations", "organization_units",
  "audit_seals" to "maillage_api";
--> statement-breakpoint
-- The trail and the story of a case are written once: no update, no delete.
grant select, insert on "audit_entries", "case_events" to "maillage_api";
--> statement-breakpoint
grant insert on "outbox" to "maillage_api";
--> statement-breakpoint
grant select, insert, update on "accounts", "signing_keys", "refresh_tokens", "sign_in_attempts", "memberships",
  "patients", "households", "practitioners", "intake_capacities", "cases", "case_participants", "reference_counters",
  "reminders", "proposals", "gp_searches", "unscheduled_cares", "hospital_discharges", "discharge_needs",
  "idempotency_keys" to "maillage_api";
--> statement-breakpoint
grant select, insert, update, delete on "membership_units", "patient_search_tokens", "absences", "case_links",
  "gp_search_members", "drafts" to "maillage_api";
--> statement-breakpoint
grant delete on "sign_in_attempts", "idempotency_keys", "discharge_needs" to "maillage_api";
--> statement-breakpoint

-- Sign-in happens before a tenant is known: this is the one door through which memberships of several CPTS are read.
create function "memberships_of"(account uuid)
returns table (cpts_id uuid, cpts_name text, id uuid, role text, practitioner_id uuid, is_health_professional boolean, units jsonb)
language sql stable security definer set search_path = pg_catalog, public as $$
  select m.cpts_id, c.name, m.id, m.role, m.practitioner_id, m.is_health_professional,
    coalesce((
      select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name, 'organization', o.name) order by o.name, u.name)
      from membership_units mu
      join organization_units u on u.cpts_id = mu.cpts_id and u.id = mu.unit_id
      join organizations o on o.cpts_id = u.cpts_id and o.id = u.organization_id
      where mu.cpts_id = m.cpts_id and mu.membership_id = m.id), '[]'::jsonb)
  from memberships m join cpts c on c.id = m.cpts_id
  where m.account_id = account and m.ended_at is null
  order by m.created_at, m.id
$$;
--> statement-breakpoint
-- A ward may belong to several CPTS: which of an account's own CPTS have this commune in their territory.
create function "own_cpts_covering"(account uuid, municipality text)
returns table (cpts_id uuid, membership_id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  select m.cpts_id, m.id from memberships m
  join cpts_municipalities t on t.cpts_id = m.cpts_id and t.municipality_code = municipality
  where m.account_id = account and m.ended_at is null and m.role = 'hospital_staff'
$$;
--> statement-breakpoint
revoke all on function "memberships_of"(uuid), "own_cpts_covering"(uuid, text), "protect_tenant_table"(regclass, name) from public;
--> statement-breakpoint
grant execute on function "memberships_of"(uuid), "own_cpts_covering"(uuid, text) to "maillage_api";
--> statement-breakpoint

-- Wakes the job runner, and tells open screens which case changed: ids and kinds, never content.
create function "notify_outbox"() returns trigger language plpgsql as $$
begin
  perform pg_notify('maillage_outbox', '');
  return null;
end $$;
--> statement-breakpoint
create trigger "outbox_notify" after insert on "outbox" for each statement execute function "notify_outbox"();
--> statement-breakpoint
create function "notify_case"() returns trigger language plpgsql as $$
begin
  perform pg_notify('maillage_case', json_build_object('cptsId', new.cpts_id, 'id', new.id, 'kind', new.kind, 'version', new.version)::text);
  return null;
end $$;
--> statement-breakpoint
create trigger "cases_notify" after insert or update on "cases" for each row execute function "notify_case"();
