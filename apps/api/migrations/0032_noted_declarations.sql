CREATE TABLE "noted_declarations" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"practitioner_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"what" text NOT NULL,
	"places" integer,
	"from_day" date,
	"until_day" date,
	"noted_by" uuid,
	"channel" text,
	"spoken_to" text,
	"called_at" timestamp with time zone,
	CONSTRAINT "noted_declarations_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "noted_declarations_what_known" CHECK ("noted_declarations"."what" in ('places', 'absence-added', 'absence-removed')),
	CONSTRAINT "noted_declarations_channel_known" CHECK ("noted_declarations"."channel" in ('phone', 'email', 'in-person', 'letter')),
	CONSTRAINT "noted_declarations_said_by_somebody" CHECK (("noted_declarations"."channel" is null) = ("noted_declarations"."spoken_to" is null))
);
--> statement-breakpoint
ALTER TABLE "noted_declarations" ADD CONSTRAINT "noted_declarations_practitioner" FOREIGN KEY ("cpts_id","practitioner_id") REFERENCES "public"."practitioners"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "noted_declarations" ADD CONSTRAINT "noted_declarations_noted_by" FOREIGN KEY ("noted_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "noted_declarations_lately" ON "noted_declarations" USING btree ("cpts_id","practitioner_id","at","id");
--> statement-breakpoint
select "protect_tenant_table"('noted_declarations');
--> statement-breakpoint
grant select, insert on "noted_declarations" to "maillage_api";
