CREATE TABLE "unread_alerts" (
	"cpts_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"mail_id" uuid NOT NULL,
	"told_at" timestamp with time zone NOT NULL,
	CONSTRAINT "unread_alerts_pk" PRIMARY KEY("cpts_id","case_id","since"),
	CONSTRAINT "unread_alerts_reason_known" CHECK ("unread_alerts"."reason" in ('same-day', 'first-band'))
);
--> statement-breakpoint
CREATE TABLE "home_visits" (
	"cpts_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "home_visits_pk" PRIMARY KEY("cpts_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "coordinator_absences" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"deputy_id" uuid NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "coordinator_absences_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "coordinator_absences_in_order" CHECK ("coordinator_absences"."until_day" >= "coordinator_absences"."from_day"),
	CONSTRAINT "coordinator_absences_somebody_else" CHECK ("coordinator_absences"."deputy_id" <> "coordinator_absences"."account_id")
);
--> statement-breakpoint
ALTER TABLE "reminders" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "unread_alerts" ADD CONSTRAINT "unread_alerts_case" FOREIGN KEY ("cpts_id","case_id") REFERENCES "public"."cases"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "home_visits" ADD CONSTRAINT "home_visits_account" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coordinator_absences" ADD CONSTRAINT "coordinator_absences_account" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coordinator_absences" ADD CONSTRAINT "coordinator_absences_deputy" FOREIGN KEY ("deputy_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "unread_alerts_recent" ON "unread_alerts" USING btree ("cpts_id","told_at");--> statement-breakpoint
CREATE INDEX "unread_alerts_of_mail" ON "unread_alerts" USING btree ("cpts_id","mail_id");--> statement-breakpoint
CREATE INDEX "coordinator_absences_by_end" ON "coordinator_absences" USING btree ("cpts_id","until_day");--> statement-breakpoint
CREATE INDEX "reminders_due" ON "reminders" USING btree ("cpts_id","due_at","id") WHERE "reminders"."done_at" is null;--> statement-breakpoint
CREATE INDEX "proposals_answered" ON "proposals" USING btree ("cpts_id","answered_at","id") WHERE "proposals"."answered_at" is not null;--> statement-breakpoint
select "protect_tenant_table"('coordinator_absences');
--> statement-breakpoint
select "protect_tenant_table"('home_visits');
--> statement-breakpoint
select "protect_tenant_table"('unread_alerts');
--> statement-breakpoint
grant select, insert, update on "home_visits" to "maillage_api";
--> statement-breakpoint
grant select, insert, delete on "coordinator_absences" to "maillage_api";
--> statement-breakpoint
grant select, insert on "unread_alerts" to "maillage_api";
