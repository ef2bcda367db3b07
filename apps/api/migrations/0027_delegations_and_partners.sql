CREATE TABLE "delegations" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"practitioner_id" uuid NOT NULL,
	"email" text NOT NULL,
	"display_name" text NOT NULL,
	"rights" text[] NOT NULL,
	"membership_id" uuid,
	"invited_by" uuid,
	"invited_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "delegations_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "delegations_accepted_by_somebody" CHECK (("delegations"."accepted_at" is null) = ("delegations"."membership_id" is null))
);
--> statement-breakpoint
CREATE TABLE "agreements" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"signed_on" date,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"notice_days" integer,
	"alert_days" integer[] NOT NULL,
	"document_reference" text,
	"ended_on" date,
	"renews" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "agreements_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "agreements_in_order" CHECK ("agreements"."ends_on" is null or "agreements"."ends_on" >= "agreements"."starts_on")
);
--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "on_behalf_of" uuid;--> statement-breakpoint
ALTER TABLE "case_events" ADD COLUMN "on_behalf" jsonb;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "address_line" text;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "postal_code" text;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "municipality_code" text;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "notes" text;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "contacts" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "updated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "updated_by" uuid;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "confirmed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_practitioner" FOREIGN KEY ("cpts_id","practitioner_id") REFERENCES "public"."practitioners"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_membership" FOREIGN KEY ("cpts_id","membership_id") REFERENCES "public"."memberships"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_invited_by" FOREIGN KEY ("invited_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_ended_by" FOREIGN KEY ("ended_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_organization" FOREIGN KEY ("cpts_id","organization_id") REFERENCES "public"."organizations"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_renews" FOREIGN KEY ("cpts_id","renews") REFERENCES "public"."agreements"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_updated_by" FOREIGN KEY ("updated_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "delegations_once" ON "delegations" USING btree ("cpts_id","practitioner_id","email") WHERE "delegations"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "delegations_held" ON "delegations" USING btree ("cpts_id","membership_id") WHERE "delegations"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "delegations_given" ON "delegations" USING btree ("cpts_id","practitioner_id","invited_at");--> statement-breakpoint
CREATE INDEX "agreements_of_partner" ON "agreements" USING btree ("cpts_id","organization_id","starts_on");--> statement-breakpoint
CREATE INDEX "agreements_ending" ON "agreements" USING btree ("cpts_id","ends_on") WHERE "agreements"."ended_on" is null and "agreements"."ends_on" is not null;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_updated_by" FOREIGN KEY ("updated_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_entries_on_behalf" ON "audit_entries" USING btree ("cpts_id","on_behalf_of","at","id") WHERE "audit_entries"."on_behalf_of" is not null;--> statement-breakpoint
select "protect_tenant_table"('delegations');
--> statement-breakpoint
select "protect_tenant_table"('agreements');
--> statement-breakpoint
grant select, insert, update on "delegations", "agreements" to "maillage_api";
--> statement-breakpoint
grant insert, update on "organizations", "organization_units" to "maillage_api";
--> statement-breakpoint
-- Whoever acts for several goes on for the others, and must be told anew for whom: their open streams close.
create function "notify_delegation_changed"() returns trigger language plpgsql as $$
begin
  perform pg_notify('maillage_case', json_build_object('what', 'membership', 'cptsId', new.cpts_id, 'id', new.membership_id)::text);
  return null;
end $$;
--> statement-breakpoint
create trigger "delegations_notify" after update on "delegations" for each row
  when (new.membership_id is not null) execute function "notify_delegation_changed"();
