CREATE TABLE "subject_readings" (
	"cpts_id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"day" date NOT NULL,
	"actor_id" uuid NOT NULL,
	"role" text NOT NULL,
	"way" text NOT NULL,
	"on_behalf_of" uuid NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"times" integer NOT NULL,
	CONSTRAINT "subject_readings_pk" PRIMARY KEY("cpts_id","subject_id","day","actor_id","role","way","on_behalf_of")
);
--> statement-breakpoint
CREATE TABLE "reading_alerts" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"role" text NOT NULL,
	"rule" text NOT NULL,
	"day" date NOT NULL,
	"files" integer NOT NULL,
	"threshold" integer NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"raised_at" timestamp with time zone NOT NULL,
	"explained_at" timestamp with time zone,
	"explained_by" uuid,
	"note" text,
	"version" integer NOT NULL,
	CONSTRAINT "reading_alerts_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "reading_alerts_once" UNIQUE("cpts_id","account_id","rule","day"),
	CONSTRAINT "reading_alerts_rule_known" CHECK ("reading_alerts"."rule" in ('hour', 'day', 'night', 'closed-day'))
);
--> statement-breakpoint
CREATE TABLE "recent_openings" (
	"cpts_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"patient_id" uuid NOT NULL,
	CONSTRAINT "recent_openings_pk" PRIMARY KEY("cpts_id","actor_id","at","patient_id")
);
--> statement-breakpoint
CREATE TABLE "audit_marks" (
	"cpts_id" uuid NOT NULL,
	"job" text NOT NULL,
	"position" bigint NOT NULL,
	CONSTRAINT "audit_marks_pk" PRIMARY KEY("cpts_id","job")
);
--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "shown" uuid[];--> statement-breakpoint
ALTER TABLE "audit_seals" ADD COLUMN "removed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reading_alerts" ADD CONSTRAINT "reading_alerts_account" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_alerts" ADD CONSTRAINT "reading_alerts_explained_by" FOREIGN KEY ("explained_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reading_alerts_recent" ON "reading_alerts" USING btree ("cpts_id","raised_at","id");--> statement-breakpoint
select "protect_tenant_table"('audit_marks');
--> statement-breakpoint
select "protect_tenant_table"('subject_readings');
--> statement-breakpoint
select "protect_tenant_table"('recent_openings');
--> statement-breakpoint
select "protect_tenant_table"('reading_alerts');
--> statement-breakpoint
-- The API reads what the jobs wrote, and says that a reading was explained: it neither makes nor removes any.
grant select on "audit_marks", "subject_readings", "reading_alerts" to "maillage_api";
--> statement-breakpoint
grant update ("explained_at", "explained_by", "note", "version") on "reading_alerts" to "maillage_api";
