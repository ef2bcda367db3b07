-- A message shown in Maillage is heard of at once by whoever it is for: its id and their account, never what it says.
create function "notify_notice"() returns trigger language plpgsql as $$
begin
  perform pg_notify('maillage_case', json_build_object('what', 'notice', 'cptsId', new.cpts_id, 'id', new.id,
    'accountId', new.account_id)::text);
  return null;
end $$;
--> statement-breakpoint
create trigger "notice_deliveries_notify" after insert on "notice_deliveries" for each row
  when (new.channel = 'in-app' and new.account_id is not null) execute function "notify_notice"();
