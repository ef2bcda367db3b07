CREATE TABLE "saved_views" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"query" jsonb NOT NULL,
	"is_shared" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "saved_views_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "saved_views_name" UNIQUE("cpts_id","account_id","name")
);
--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_account" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
select "protect_tenant_table"('saved_views');
--> statement-breakpoint
grant select, insert, update, delete on "saved_views" to "maillage_api";
