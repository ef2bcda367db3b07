CREATE TABLE "second_factor_resets" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"status" text NOT NULL,
	"asked_by" uuid NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	CONSTRAINT "second_factor_resets_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "second_factor_resets_status_known" CHECK ("second_factor_resets"."status" in ('unproven', 'asked', 'done', 'objected', 'refused', 'expired')),
	CONSTRAINT "second_factor_resets_two_people" CHECK ("second_factor_resets"."status" <> 'done' or ("second_factor_resets"."decided_by" <> "second_factor_resets"."asked_by" and "second_factor_resets"."decided_by" <> "second_factor_resets"."account_id"))
);
--> statement-breakpoint
CREATE TABLE "password_resets" (
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"taken_at" timestamp with time zone,
	CONSTRAINT "password_resets_pk" PRIMARY KEY("id")
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "locked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "second_factor_resets" ADD CONSTRAINT "second_factor_resets_account" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factor_resets" ADD CONSTRAINT "second_factor_resets_asked_by" FOREIGN KEY ("asked_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factor_resets" ADD CONSTRAINT "second_factor_resets_decided_by" FOREIGN KEY ("decided_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "second_factor_resets_one_open" ON "second_factor_resets" USING btree ("cpts_id","account_id") WHERE "second_factor_resets"."status" in ('unproven', 'asked');--> statement-breakpoint
CREATE INDEX "second_factor_resets_recent" ON "second_factor_resets" USING btree ("cpts_id","asked_at");--> statement-breakpoint
CREATE INDEX "password_resets_of_email" ON "password_resets" USING btree ("email","asked_at");--> statement-breakpoint
CREATE INDEX "sessions_ended" ON "sessions" USING btree ("ended_at");--> statement-breakpoint
CREATE INDEX "sessions_locked" ON "sessions" USING btree ("locked_at");--> statement-breakpoint
grant select, insert, update on "password_resets" to "maillage_api";
--> statement-breakpoint
select "protect_tenant_table"('second_factor_resets');
--> statement-breakpoint
grant select, insert, update on "second_factor_resets" to "maillage_api";
--> statement-breakpoint
-- Every process believes access tokens without a look-up: it must hear at once that a session ended, or was locked.
create function "notify_session"() returns trigger language plpgsql as $$
begin
  perform pg_notify('maillage_case', json_build_object('what', 'session', 'id', new.id, 'state',
    case when new.ended_at is not null then 'ended' when new.locked_at is not null then 'locked' else 'open' end)::text);
  return null;
end $$;
--> statement-breakpoint
create trigger "sessions_notify" after update of "ended_at", "locked_at" on "sessions" for each row
  when (old.ended_at is distinct from new.ended_at or old.locked_at is distinct from new.locked_at)
  execute function "notify_session"();
