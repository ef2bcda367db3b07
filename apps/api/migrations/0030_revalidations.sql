CREATE TABLE "revalidation_attempts" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revalidation_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" uuid,
	"number" smallint NOT NULL,
	CONSTRAINT "revalidation_attempts_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "revalidation_attempts_channel_known" CHECK ("revalidation_attempts"."channel" in ('email', 'sms', 'phone', 'letter'))
);
--> statement-breakpoint
CREATE TABLE "revalidation_campaigns" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"part" jsonb NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"started_by" uuid,
	CONSTRAINT "revalidation_campaigns_pk" PRIMARY KEY("cpts_id","id")
);
--> statement-breakpoint
CREATE TABLE "revalidations" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"campaign_id" uuid,
	"status" text NOT NULL,
	"channel" text,
	"next_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"answer" text,
	"answered_by" text,
	"before" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "revalidations_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "revalidations_status_known" CHECK ("revalidations"."status" in ('asking', 'to-reach', 'grace', 'answered', 'closed', 'ended')),
	CONSTRAINT "revalidations_channel_known" CHECK ("revalidations"."channel" in ('email', 'sms', 'phone', 'letter')),
	CONSTRAINT "revalidations_answer_known" CHECK ("revalidations"."answer" in ('still-searching', 'found', 'no-longer-wanted', 'unreachable')),
	CONSTRAINT "revalidations_answered_by_known" CHECK ("revalidations"."answered_by" in ('link', 'desk', 'elsewhere')),
	CONSTRAINT "revalidations_end" CHECK (("revalidations"."status" in ('answered', 'closed', 'ended')) = ("revalidations"."ended_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "gp_searches" ADD COLUMN "confirmed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "revalidation_attempts" ADD CONSTRAINT "revalidation_attempts_revalidation" FOREIGN KEY ("cpts_id","revalidation_id") REFERENCES "public"."revalidations"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revalidation_attempts" ADD CONSTRAINT "revalidation_attempts_by" FOREIGN KEY ("by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revalidation_campaigns" ADD CONSTRAINT "revalidation_campaigns_started_by" FOREIGN KEY ("started_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revalidations" ADD CONSTRAINT "revalidations_case" FOREIGN KEY ("cpts_id","case_id") REFERENCES "public"."cases"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revalidations" ADD CONSTRAINT "revalidations_campaign" FOREIGN KEY ("cpts_id","campaign_id") REFERENCES "public"."revalidation_campaigns"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "revalidation_attempts_in_order" ON "revalidation_attempts" USING btree ("cpts_id","revalidation_id","number");--> statement-breakpoint
CREATE INDEX "revalidation_campaigns_lately" ON "revalidation_campaigns" USING btree ("cpts_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "revalidations_one_at_a_time" ON "revalidations" USING btree ("cpts_id","case_id") WHERE "revalidations"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "revalidations_of_case" ON "revalidations" USING btree ("cpts_id","case_id","started_at");--> statement-breakpoint
CREATE INDEX "revalidations_due" ON "revalidations" USING btree ("cpts_id","next_at","id") WHERE "revalidations"."status" in ('asking', 'grace');--> statement-breakpoint
CREATE INDEX "revalidations_to_reach" ON "revalidations" USING btree ("cpts_id","next_at","id") WHERE "revalidations"."status" = 'to-reach';--> statement-breakpoint
CREATE INDEX "revalidations_of_campaign" ON "revalidations" USING btree ("cpts_id","campaign_id","started_at");--> statement-breakpoint
select "protect_tenant_table"('revalidation_campaigns');
--> statement-breakpoint
select "protect_tenant_table"('revalidations');
--> statement-breakpoint
select "protect_tenant_table"('revalidation_attempts');
--> statement-breakpoint
grant select, insert on "revalidation_campaigns" to "maillage_api";
--> statement-breakpoint
grant select, insert, update on "revalidations" to "maillage_api";
--> statement-breakpoint
grant select, insert, delete on "revalidation_attempts" to "maillage_api";
