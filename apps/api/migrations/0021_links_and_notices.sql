CREATE TABLE "notice_choices" (
	"cpts_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"choices" jsonb NOT NULL,
	"version" integer NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notice_choices_pk" PRIMARY KEY("cpts_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "notice_templates" (
	"cpts_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"version" integer NOT NULL,
	"words" jsonb,
	"written_by" uuid NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notice_templates_pk" PRIMARY KEY("cpts_id","kind","version")
);
--> statement-breakpoint
CREATE TABLE "single_purpose_links" (
	"cpts_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"purpose" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "single_purpose_links_pk" PRIMARY KEY("cpts_id","token_hash")
);
--> statement-breakpoint
CREATE TABLE "notice_deliveries" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"notice_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"account_id" uuid,
	"patient_id" uuid,
	"address" text,
	"status" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"failure" text,
	"sent_at" timestamp with time zone,
	"read_at" timestamp with time zone,
	"handled_at" timestamp with time zone,
	"handled_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notice_deliveries_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "notice_deliveries_channel_known" CHECK ("notice_deliveries"."channel" in ('email', 'sms', 'in-app', 'mssante')),
	CONSTRAINT "notice_deliveries_status_known" CHECK ("notice_deliveries"."status" in ('waiting', 'sent', 'refused', 'given-up', 'dropped'))
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"account_id" uuid,
	"practitioner_id" uuid,
	"patient_id" uuid,
	"email" text,
	"phone" text,
	"about" uuid,
	"key" text,
	"values" jsonb NOT NULL,
	"link" jsonb,
	"send_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"spread_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone,
	CONSTRAINT "notices_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "notices_one_recipient" CHECK (num_nonnulls("notices"."account_id", "notices"."practitioner_id", "notices"."patient_id", "notices"."email", "notices"."phone") = 1)
);
--> statement-breakpoint
ALTER TABLE "notice_choices" ADD CONSTRAINT "notice_choices_account" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_templates" ADD CONSTRAINT "notice_templates_writer" FOREIGN KEY ("written_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_deliveries" ADD CONSTRAINT "notice_deliveries_notice" FOREIGN KEY ("cpts_id","notice_id") REFERENCES "public"."notices"("cpts_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_deliveries" ADD CONSTRAINT "notice_deliveries_account" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_account" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "single_purpose_links_of_subject" ON "single_purpose_links" USING btree ("cpts_id","purpose","subject_id");--> statement-breakpoint
CREATE INDEX "notice_deliveries_of_notice" ON "notice_deliveries" USING btree ("cpts_id","notice_id");--> statement-breakpoint
CREATE INDEX "notice_deliveries_due" ON "notice_deliveries" USING btree ("due_at") WHERE "notice_deliveries"."status" = 'waiting';--> statement-breakpoint
CREATE INDEX "notice_deliveries_inside" ON "notice_deliveries" USING btree ("cpts_id","account_id","id") WHERE "notice_deliveries"."channel" = 'in-app' and "notice_deliveries"."status" = 'sent';--> statement-breakpoint
CREATE INDEX "notice_deliveries_undelivered" ON "notice_deliveries" USING btree ("cpts_id","id") WHERE "notice_deliveries"."status" in ('refused', 'given-up') and "notice_deliveries"."handled_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "notices_once" ON "notices" USING btree ("cpts_id","key") WHERE "notices"."key" is not null;--> statement-breakpoint
CREATE INDEX "notices_about" ON "notices" USING btree ("cpts_id","about") WHERE "notices"."about" is not null and "notices"."spread_at" is null;--> statement-breakpoint
select "protect_tenant_table"(name::regclass)
from unnest(array['single_purpose_links', 'notices', 'notice_deliveries', 'notice_choices', 'notice_templates']) name;
--> statement-breakpoint
grant select, insert, update on "single_purpose_links", "notices", "notice_deliveries", "notice_choices" to "maillage_api";
--> statement-breakpoint
grant select, insert on "notice_templates" to "maillage_api";
