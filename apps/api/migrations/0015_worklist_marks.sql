-- Whoever keeps a page of the queue may ask whether it still holds: each change of what a row shows is announced with the
-- transaction that made it, a mark that all listening processes share. `listing` concerns nobody else.
create or replace function "notify_case"() returns trigger language plpgsql as $$
begin
  perform pg_notify('maillage_case', json_build_object('cptsId', new.cpts_id, 'id', new.id, 'kind', new.kind, 'version', new.version,
    'mark', pg_current_xact_id()::text)::text);
  return null;
end $$;
--> statement-breakpoint
create function "notify_listing"() returns trigger language plpgsql as $$
begin
  perform pg_notify('maillage_case', json_build_object('what', 'listing', 'cptsId', old.cpts_id, 'mark', pg_current_xact_id()::text)::text);
  return null;
end $$;
--> statement-breakpoint
create trigger "cases_notify_gone" after delete on "cases" for each row execute function "notify_listing"();
--> statement-breakpoint
create trigger "patients_notify" after update on "patients" for each row
  when ((old.first_name, old.last_name, old.birth_date, old.sex) is distinct from (new.first_name, new.last_name, new.birth_date, new.sex))
  execute function "notify_listing"();
--> statement-breakpoint
-- Names that every CPTS may show: those of whoever owns a case, and of communes.
create function "notify_every_listing"() returns trigger language plpgsql as $$
begin
  perform pg_notify('maillage_case', json_build_object('what', 'listing', 'cptsId', null, 'mark', pg_current_xact_id()::text)::text);
  return null;
end $$;
--> statement-breakpoint
create trigger "accounts_notify" after update on "accounts" for each row
  when (old.display_name is distinct from new.display_name) execute function "notify_every_listing"();
--> statement-breakpoint
create trigger "municipalities_notify" after insert or update or delete on "municipalities"
  for each statement execute function "notify_every_listing"();
