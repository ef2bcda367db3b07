CREATE TABLE "information_notices" (
	"cpts_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"text" text NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"published_by" uuid NOT NULL,
	CONSTRAINT "information_notices_pk" PRIMARY KEY("cpts_id","version")
);
--> statement-breakpoint
CREATE TABLE "public_desks" (
	"cpts_id" uuid NOT NULL,
	"is_open" boolean DEFAULT true NOT NULL,
	"phone" text,
	"hours" text,
	"email" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "public_desks_pk" PRIMARY KEY("cpts_id")
);
--> statement-breakpoint
CREATE TABLE "registration_consents" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"registration_id" uuid NOT NULL,
	"notice_version" text NOT NULL,
	"is_given" boolean NOT NULL,
	"channel" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "registration_consents_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "registration_consents_channel_known" CHECK ("registration_consents"."channel" in ('online'))
);
--> statement-breakpoint
CREATE TABLE "registration_drafts" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"municipality_code" text NOT NULL,
	"answers" jsonb NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "registration_drafts_pk" PRIMARY KEY("cpts_id","id")
);
--> statement-breakpoint
CREATE TABLE "registrations" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"municipality_code" text NOT NULL,
	"answers" jsonb,
	"notice_version" text NOT NULL,
	"email_digest" text,
	"phone_digest" text,
	"submitted_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"confirmed_at" timestamp with time zone,
	"case_id" uuid,
	"still_searching_at" timestamp with time zone,
	"failed_tries" smallint DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone,
	CONSTRAINT "registrations_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "registrations_case_once_confirmed" CHECK (("registrations"."case_id" is null) = ("registrations"."confirmed_at" is null))
);
--> statement-breakpoint
ALTER TABLE "information_notices" ADD CONSTRAINT "information_notices_account" FOREIGN KEY ("published_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_desks" ADD CONSTRAINT "public_desks_cpts" FOREIGN KEY ("cpts_id") REFERENCES "public"."cpts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registration_consents" ADD CONSTRAINT "registration_consents_registration" FOREIGN KEY ("cpts_id","registration_id") REFERENCES "public"."registrations"("cpts_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_case" FOREIGN KEY ("cpts_id","case_id") REFERENCES "public"."cases"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "registration_consents_of" ON "registration_consents" USING btree ("cpts_id","registration_id","at");--> statement-breakpoint
CREATE INDEX "registrations_email" ON "registrations" USING btree ("email_digest");--> statement-breakpoint
CREATE INDEX "registrations_phone" ON "registrations" USING btree ("phone_digest");--> statement-breakpoint
CREATE INDEX "registrations_of_case" ON "registrations" USING btree ("cpts_id","case_id");--> statement-breakpoint
select "protect_tenant_table"('registration_drafts');
--> statement-breakpoint
select "protect_tenant_table"('registrations');
--> statement-breakpoint
select "protect_tenant_table"('registration_consents');
--> statement-breakpoint
select "protect_tenant_table"('information_notices');
--> statement-breakpoint
select "protect_tenant_table"('public_desks');
--> statement-breakpoint
grant select, insert, update, delete on "registration_drafts" to "maillage_api";
--> statement-breakpoint
grant select, insert, update on "registrations", "public_desks" to "maillage_api";
--> statement-breakpoint
-- What was agreed to, and the text that was: written once.
grant select, insert on "registration_consents", "information_notices" to "maillage_api";
--> statement-breakpoint
-- Somebody without an account names a commune, and nothing of a CPTS is known yet: this is the door by which it is found.
create function "cpts_covering"(municipality text)
returns table (cpts_id uuid, cpts_name text, is_open boolean, phone text, hours text, email text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select c.id, c.name, coalesce(d.is_open, true), d.phone, d.hours, d.email
  from cpts_municipalities t join cpts c on c.id = t.cpts_id
  left join public_desks d on d.cpts_id = c.id
  where t.municipality_code = municipality
  order by c.created_at, c.id
$$;
--> statement-breakpoint
-- A link was lost: whose it is, is told by the digest of an address. Ids alone come out; what they hold stays behind the policies.
create function "registrations_reached_at"(contact_digest text)
returns table (cpts_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, public as $$
  (select r.cpts_id, r.id from registrations r where r.email_digest = contact_digest and r.confirmed_at is not null
   order by r.confirmed_at desc limit 5)
  union
  (select r.cpts_id, r.id from registrations r where r.phone_digest = contact_digest and r.confirmed_at is not null
   order by r.confirmed_at desc limit 5)
$$;
--> statement-breakpoint
revoke all on function "cpts_covering"(text), "registrations_reached_at"(text) from public;
--> statement-breakpoint
grant execute on function "cpts_covering"(text), "registrations_reached_at"(text) to "maillage_api";
