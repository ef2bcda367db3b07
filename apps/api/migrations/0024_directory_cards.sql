CREATE TABLE "practice_sites" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"practitioner_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"name" text,
	"line" text,
	"postal_code" text,
	"municipality_code" text NOT NULL,
	"phone" text,
	"accessible" boolean,
	"hours" text,
	CONSTRAINT "practice_sites_pk" PRIMARY KEY("cpts_id","id")
);
--> statement-breakpoint
CREATE TABLE "publication_consents" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"practitioner_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"given" boolean NOT NULL,
	"channel" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "publication_consents_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "publication_consents_scope_known" CHECK ("publication_consents"."scope" in ('internal', 'public')),
	CONSTRAINT "publication_consents_channel_known" CHECK ("publication_consents"."channel" in ('self', 'phone', 'paper'))
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"line" text,
	"municipality_code" text NOT NULL,
	"phone" text,
	"places" integer,
	"period" integer DEFAULT 1 NOT NULL,
	"places_declared_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "teams_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "teams_kind_known" CHECK ("teams"."kind" in ('msp', 'health-centre', 'primary-care-team', 'group-practice')),
	CONSTRAINT "teams_places_positive" CHECK ("teams"."places" is null or "teams"."places" >= 0)
);
--> statement-breakpoint
ALTER TABLE "memberships" DROP CONSTRAINT "memberships_role_known";--> statement-breakpoint
ALTER TABLE "absences" ADD COLUMN "replacement_id" uuid;--> statement-breakpoint
ALTER TABLE "absences" ADD COLUMN "replacement_name" text;--> statement-breakpoint
ALTER TABLE "absences" ADD COLUMN "replacement_phone" text;--> statement-breakpoint
ALTER TABLE "practitioners" ADD COLUMN "practice_hours" text;--> statement-breakpoint
ALTER TABLE "practitioners" ADD COLUMN "mssante_address" text;--> statement-breakpoint
ALTER TABLE "practitioners" ADD COLUMN "teleconsultation" boolean;--> statement-breakpoint
ALTER TABLE "practitioners" ADD COLUMN "sources" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "practitioners" ADD COLUMN "team_id" uuid;--> statement-breakpoint
ALTER TABLE "practitioners" ADD COLUMN "keeps_team" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "practitioners" ADD COLUMN "shown_internally" boolean;--> statement-breakpoint
ALTER TABLE "practitioners" ADD COLUMN "shown_publicly" boolean;--> statement-breakpoint
ALTER TABLE "practitioners" ADD COLUMN "confirmed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "practitioners" ADD COLUMN "confirmed_by" text;--> statement-breakpoint
ALTER TABLE "practitioners" ADD COLUMN "confirmation_asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "team_id" uuid;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "team_period" integer;--> statement-breakpoint
ALTER TABLE "practice_sites" ADD CONSTRAINT "practice_sites_practitioner" FOREIGN KEY ("cpts_id","practitioner_id") REFERENCES "public"."practitioners"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication_consents" ADD CONSTRAINT "publication_consents_practitioner" FOREIGN KEY ("cpts_id","practitioner_id") REFERENCES "public"."practitioners"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "practice_sites_of_practitioner" ON "practice_sites" USING btree ("cpts_id","practitioner_id","position");--> statement-breakpoint
CREATE INDEX "publication_consents_of_practitioner" ON "publication_consents" USING btree ("cpts_id","practitioner_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "teams_name" ON "teams" USING btree ("cpts_id","name") WHERE "teams"."ended_at" is null;--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_replacement" FOREIGN KEY ("cpts_id","replacement_id") REFERENCES "public"."practitioners"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practitioners" ADD CONSTRAINT "practitioners_team" FOREIGN KEY ("cpts_id","team_id") REFERENCES "public"."teams"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_team" FOREIGN KEY ("cpts_id","team_id") REFERENCES "public"."teams"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "practitioners_of_team" ON "practitioners" USING btree ("cpts_id","team_id") WHERE "practitioners"."team_id" is not null;--> statement-breakpoint
CREATE INDEX "proposals_taken_of_team" ON "proposals" USING btree ("cpts_id","team_id","team_period") WHERE "proposals"."status" = 'accepted' and "proposals"."team_id" is not null;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_role_known" CHECK ("memberships"."role" in ('coordinator', 'practitioner', 'requester', 'hospital_staff', 'administrator', 'secretary'));--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_somebody_else" CHECK ("absences"."replacement_id" <> "absences"."practitioner_id");--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_one_replacement" CHECK ("absences"."replacement_id" is null or "absences"."replacement_name" is null);--> statement-breakpoint
ALTER TABLE "practitioners" ADD CONSTRAINT "practitioners_confirmed_by_known" CHECK ("practitioners"."confirmed_by" in ('self', 'link', 'phone'));--> statement-breakpoint
select "protect_tenant_table"('practice_sites');
--> statement-breakpoint
select "protect_tenant_table"('publication_consents');
--> statement-breakpoint
select "protect_tenant_table"('teams');
--> statement-breakpoint
grant select, insert, delete on "practice_sites" to "maillage_api";
--> statement-breakpoint
-- What somebody answered is never rewritten.
grant select, insert on "publication_consents" to "maillage_api";
--> statement-breakpoint
grant select, insert, update on "teams" to "maillage_api";
