CREATE TABLE "cpts_settings" (
	"cpts_id" uuid NOT NULL,
	"name" text NOT NULL,
	"value" integer,
	"version" integer NOT NULL,
	"changed_by" uuid NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "cpts_settings_pk" PRIMARY KEY("cpts_id","name")
);
--> statement-breakpoint
ALTER TABLE "cpts_settings" ADD CONSTRAINT "cpts_settings_changed_by" FOREIGN KEY ("changed_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
select "protect_tenant_table"('cpts_settings');
--> statement-breakpoint
grant select, insert, update on "cpts_settings" to "maillage_api";
