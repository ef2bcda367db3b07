CREATE TABLE "discharge_templates" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"name" text NOT NULL,
	"needs" jsonb NOT NULL,
	"checklist" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "discharge_templates_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "discharge_templates_name" UNIQUE("cpts_id","unit_id","name")
);
--> statement-breakpoint
CREATE TABLE "message_readings" (
	"cpts_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"role" text NOT NULL,
	"last_read_id" uuid NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "message_readings_pk" PRIMARY KEY("cpts_id","case_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "discharge_templates" ADD CONSTRAINT "discharge_templates_unit" FOREIGN KEY ("cpts_id","unit_id") REFERENCES "public"."organization_units"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_readings" ADD CONSTRAINT "message_readings_case" FOREIGN KEY ("cpts_id","case_id") REFERENCES "public"."cases"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_events_messages" ON "case_events" USING btree ("cpts_id","case_id","id") WHERE "case_events"."type" = 'message';--> statement-breakpoint
select "protect_tenant_table"('discharge_templates');
--> statement-breakpoint
select "protect_tenant_table"('message_readings');
--> statement-breakpoint
grant select, insert, update, delete on "discharge_templates" to "maillage_api";
--> statement-breakpoint
grant select, insert, update on "message_readings" to "maillage_api";
