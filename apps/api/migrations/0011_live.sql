CREATE TABLE "case_readers" (
	"cpts_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"reading_until" timestamp with time zone NOT NULL,
	CONSTRAINT "case_readers_pk" PRIMARY KEY("cpts_id","case_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "case_readers" ADD CONSTRAINT "case_readers_case" FOREIGN KEY ("cpts_id","case_id") REFERENCES "public"."cases"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_readers" ADD CONSTRAINT "case_readers_account" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
select "protect_tenant_table"('case_readers');
--> statement-breakpoint
grant select, insert, update on "case_readers" to "maillage_api";
--> statement-breakpoint

-- Open screens are told of the story too: a note or a call changes no version. Ids and kinds, never content; `actor`
-- lets the API leave out what somebody did themselves.
create function "notify_case_event"() returns trigger language plpgsql as $$
begin
  perform pg_notify('maillage_case', json_build_object('what', 'entry', 'cptsId', new.cpts_id, 'id', new.case_id,
    'entry', new.id, 'type', new.type, 'actorId', new.actor_id)::text);
  return null;
end $$;
--> statement-breakpoint
create trigger "case_events_notify" after insert on "case_events" for each row execute function "notify_case_event"();
--> statement-breakpoint
-- For the practitioner it is addressed to; one that was never sent is nobody's to know.
create function "notify_proposal"() returns trigger language plpgsql as $$
begin
  perform pg_notify('maillage_case', json_build_object('what', 'proposal', 'cptsId', new.cpts_id, 'id', new.id,
    'version', new.version, 'practitionerId', new.practitioner_id)::text);
  return null;
end $$;
--> statement-breakpoint
create trigger "proposals_notify" after insert or update on "proposals" for each row
  when (new.sent_at is not null) execute function "notify_proposal"();
--> statement-breakpoint
-- A role taken away closes the streams that were opened under it.
create function "notify_membership_ended"() returns trigger language plpgsql as $$
begin
  perform pg_notify('maillage_case', json_build_object('what', 'membership', 'cptsId', new.cpts_id, 'id', new.id)::text);
  return null;
end $$;
--> statement-breakpoint
create trigger "memberships_notify" after update on "memberships" for each row
  when (old.ended_at is null and new.ended_at is not null) execute function "notify_membership_ended"();
