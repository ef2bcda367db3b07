CREATE TABLE "patient_identities" (
	"cpts_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"status" text NOT NULL,
	"authority" text,
	"sealed_number" text,
	"digest" text,
	"key_version" integer,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "patient_identities_pk" PRIMARY KEY("cpts_id","patient_id"),
	CONSTRAINT "patient_identities_status_known" CHECK ("patient_identities"."status" in ('provisional', 'retrieved', 'validated', 'qualified')),
	CONSTRAINT "patient_identities_authority_known" CHECK ("patient_identities"."authority" in ('nir', 'nia', 'test')),
	CONSTRAINT "patient_identities_number_when_qualified" CHECK (num_nonnulls("patient_identities"."authority", "patient_identities"."sealed_number", "patient_identities"."digest", "patient_identities"."key_version") = case when "patient_identities"."status" = 'qualified' then 4 else 0 end)
);
--> statement-breakpoint
CREATE TABLE "data_keys" (
	"version" integer NOT NULL,
	"wrapped_key" text,
	"created_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "data_keys_pk" PRIMARY KEY("version"),
	CONSTRAINT "data_keys_lost_once_retired" CHECK (("data_keys"."wrapped_key" is null) = ("data_keys"."retired_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "patient_identities" ADD CONSTRAINT "patient_identities_patient" FOREIGN KEY ("cpts_id","patient_id") REFERENCES "public"."patients"("cpts_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "patient_identities_digest" ON "patient_identities" USING btree ("cpts_id","digest") WHERE "patient_identities"."digest" is not null;--> statement-breakpoint
select "protect_tenant_table"('patient_identities');
--> statement-breakpoint
grant select, insert, update, delete on "patient_identities" to "maillage_api";
--> statement-breakpoint
-- The first key is made by the process that starts; keys are changed by the operator alone.
grant select, insert on "data_keys" to "maillage_api";
