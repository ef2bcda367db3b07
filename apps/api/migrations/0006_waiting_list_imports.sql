CREATE TABLE "waiting_list_import_lines" (
	"cpts_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"outcome" text NOT NULL,
	"case_id" uuid,
	"reference" text,
	"look_alike" boolean DEFAULT false NOT NULL,
	"same_as_line" integer,
	"refusals" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "waiting_list_import_lines_pk" PRIMARY KEY("cpts_id","import_id","line"),
	CONSTRAINT "waiting_list_import_lines_outcome_known" CHECK ("waiting_list_import_lines"."outcome" in ('opened', 'already-there', 'repeated', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "waiting_list_imports" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"content" "bytea",
	"sheet" text NOT NULL,
	"choices" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"status" text NOT NULL,
	"lines" integer NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"counts" jsonb NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"beat_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"undone" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "waiting_list_imports_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "waiting_list_imports_status_known" CHECK ("waiting_list_imports"."status" in ('draft', 'running', 'interrupted', 'done', 'undoing', 'undone'))
);
--> statement-breakpoint
ALTER TABLE "waiting_list_import_lines" ADD CONSTRAINT "waiting_list_import_lines_import" FOREIGN KEY ("cpts_id","import_id") REFERENCES "public"."waiting_list_imports"("cpts_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "waiting_list_import_lines_by_outcome" ON "waiting_list_import_lines" USING btree ("cpts_id","import_id","outcome","line");--> statement-breakpoint
CREATE INDEX "waiting_list_imports_recent" ON "waiting_list_imports" USING btree ("cpts_id","created_at","id");--> statement-breakpoint
CREATE INDEX "waiting_list_imports_running" ON "waiting_list_imports" USING btree ("beat_at") WHERE "waiting_list_imports"."status" in ('running', 'undoing');--> statement-breakpoint
select "protect_tenant_table"('waiting_list_imports');
--> statement-breakpoint
select "protect_tenant_table"('waiting_list_import_lines');
--> statement-breakpoint
grant select, insert, update, delete on "waiting_list_imports" to "maillage_api";
--> statement-breakpoint
grant select, insert on "waiting_list_import_lines" to "maillage_api";
