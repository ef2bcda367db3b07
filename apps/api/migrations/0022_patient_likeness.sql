CREATE TABLE "duplicate_pairs" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"one_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"status" text NOT NULL,
	"score" smallint NOT NULL,
	"parts" jsonb NOT NULL,
	"found_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "duplicate_pairs_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "duplicate_pairs_once" UNIQUE("cpts_id","one_id","other_id"),
	CONSTRAINT "duplicate_pairs_status_known" CHECK ("duplicate_pairs"."status" in ('suspected', 'apart', 'merged')),
	CONSTRAINT "duplicate_pairs_in_order" CHECK ("duplicate_pairs"."one_id" < "duplicate_pairs"."other_id")
);
--> statement-breakpoint
CREATE TABLE "patient_match_keys" (
	"cpts_id" uuid NOT NULL,
	"key" text collate "C" NOT NULL,
	"patient_id" uuid NOT NULL,
	CONSTRAINT "patient_match_keys_pk" PRIMARY KEY("cpts_id","key","patient_id")
);
--> statement-breakpoint
CREATE TABLE "patient_merges" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kept_id" uuid NOT NULL,
	"merged_id" uuid NOT NULL,
	"pair_id" uuid NOT NULL,
	"fields" jsonb NOT NULL,
	"moved" jsonb NOT NULL,
	"merged_at" timestamp with time zone NOT NULL,
	"merged_by" uuid,
	"undone_at" timestamp with time zone,
	"undone_by" uuid,
	CONSTRAINT "patient_merges_pk" PRIMARY KEY("cpts_id","id")
);
--> statement-breakpoint
ALTER TABLE "memberships" DROP CONSTRAINT "memberships_role_known";--> statement-breakpoint
ALTER TABLE "gp_search_members" ADD COLUMN "registered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "gp_search_members" ADD COLUMN "own_case_id" uuid;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "merged_into_id" uuid;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "compared_version" integer;--> statement-breakpoint
ALTER TABLE "duplicate_pairs" ADD CONSTRAINT "duplicate_pairs_one" FOREIGN KEY ("cpts_id","one_id") REFERENCES "public"."patients"("cpts_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duplicate_pairs" ADD CONSTRAINT "duplicate_pairs_other" FOREIGN KEY ("cpts_id","other_id") REFERENCES "public"."patients"("cpts_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patient_match_keys" ADD CONSTRAINT "patient_match_keys_patient" FOREIGN KEY ("cpts_id","patient_id") REFERENCES "public"."patients"("cpts_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patient_merges" ADD CONSTRAINT "patient_merges_kept" FOREIGN KEY ("cpts_id","kept_id") REFERENCES "public"."patients"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patient_merges" ADD CONSTRAINT "patient_merges_merged" FOREIGN KEY ("cpts_id","merged_id") REFERENCES "public"."patients"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "duplicate_pairs_by_score" ON "duplicate_pairs" USING btree ("cpts_id","status","score" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "duplicate_pairs_of_other" ON "duplicate_pairs" USING btree ("cpts_id","other_id");--> statement-breakpoint
CREATE INDEX "patient_match_keys_of_patient" ON "patient_match_keys" USING btree ("cpts_id","patient_id");--> statement-breakpoint
CREATE INDEX "patient_merges_by_date" ON "patient_merges" USING btree ("cpts_id","merged_at","id");--> statement-breakpoint
CREATE INDEX "patient_merges_of_merged" ON "patient_merges" USING btree ("cpts_id","merged_id");--> statement-breakpoint
ALTER TABLE "gp_search_members" ADD CONSTRAINT "gp_search_members_own_case" FOREIGN KEY ("cpts_id","own_case_id") REFERENCES "public"."cases"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_merged_into" FOREIGN KEY ("cpts_id","merged_into_id") REFERENCES "public"."patients"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "gp_search_members_of_patient" ON "gp_search_members" USING btree ("cpts_id","patient_id");--> statement-breakpoint
CREATE INDEX "gp_search_members_own_cases" ON "gp_search_members" USING btree ("cpts_id","own_case_id") WHERE "gp_search_members"."own_case_id" is not null;--> statement-breakpoint
CREATE INDEX "patients_merged" ON "patients" USING btree ("cpts_id","merged_into_id") WHERE "patients"."merged_into_id" is not null;--> statement-breakpoint
CREATE INDEX "patients_to_compare" ON "patients" USING btree ("cpts_id","id") WHERE "patients"."merged_into_id" is null and "patients"."compared_version" is distinct from "patients"."version";--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_role_known" CHECK ("memberships"."role" in ('coordinator', 'practitioner', 'requester', 'hospital_staff', 'administrator', 'secretary'));--> statement-breakpoint
select "protect_tenant_table"('patient_match_keys');
--> statement-breakpoint
select "protect_tenant_table"('duplicate_pairs');
--> statement-breakpoint
select "protect_tenant_table"('patient_merges');
--> statement-breakpoint
grant select, insert, update, delete on "patient_match_keys", "duplicate_pairs", "patient_merges" to "maillage_api";
