CREATE TABLE "gp_search_members" (
	"cpts_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"details" jsonb NOT NULL,
	CONSTRAINT "gp_search_members_pk" PRIMARY KEY("cpts_id","case_id","patient_id")
);
--> statement-breakpoint
CREATE TABLE "gp_searches" (
	"cpts_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"details" jsonb NOT NULL,
	"missing" text[] DEFAULT '{}'::text[] NOT NULL,
	"told_at" timestamp with time zone,
	"visit_at" timestamp with time zone,
	"no_shows" smallint DEFAULT 0 NOT NULL,
	"declared_at" date,
	"attested_by" text,
	CONSTRAINT "gp_searches_pk" PRIMARY KEY("cpts_id","case_id")
);
--> statement-breakpoint
CREATE TABLE "discharge_needs" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"type" text NOT NULL,
	"label" text,
	"frequency" text,
	"start_at" timestamp with time zone NOT NULL,
	"end_at" timestamp with time zone,
	"at_home" boolean NOT NULL,
	"prescription_available" boolean NOT NULL,
	"preferred_practitioner_id" uuid,
	"vital" boolean DEFAULT false NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"covered_by_id" uuid,
	"covered_by_name" text,
	"covered_by_phone" text,
	"first_visit_at" timestamp with time zone,
	"reconfirmation_pending" boolean DEFAULT false NOT NULL,
	CONSTRAINT "discharge_needs_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "discharge_needs_type_known" CHECK ("discharge_needs"."type" in ('home-nurse', 'physiotherapy', 'speech-therapy', 'gp-visit', 'specialist-visit', 'pharmacy', 'equipment', 'laboratory', 'hospital-at-home', 'home-nursing-service', 'home-help', 'meals', 'transport', 'social-worker', 'psychologist')),
	CONSTRAINT "discharge_needs_status_known" CHECK ("discharge_needs"."status" in ('open', 'proposed', 'covered', 'not_needed', 'unmet'))
);
--> statement-breakpoint
CREATE TABLE "hospital_discharges" (
	"cpts_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"expected_discharge_at" timestamp with time zone NOT NULL,
	"details" jsonb NOT NULL,
	"missing" text[] DEFAULT '{}'::text[] NOT NULL,
	"actual_discharge_at" timestamp with time zone,
	"letter_sent" boolean,
	"checklist" jsonb,
	"follow_up_called_at" timestamp with time zone,
	"gp_seen_at" date,
	"readmitted" boolean,
	CONSTRAINT "hospital_discharges_pk" PRIMARY KEY("cpts_id","case_id")
);
--> statement-breakpoint
CREATE TABLE "unscheduled_cares" (
	"cpts_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"details" jsonb NOT NULL,
	"red_flags" text[] DEFAULT '{}'::text[] NOT NULL,
	"level" text,
	"basis" text,
	"protocol_id" text,
	"mode" text,
	"profession" text,
	"appointment_at" timestamp with time zone,
	"booked_with_id" uuid,
	"no_shows" smallint DEFAULT 0 NOT NULL,
	"outcome" text,
	"patient_told_at" timestamp with time zone,
	"advice_given" text,
	CONSTRAINT "unscheduled_cares_pk" PRIMARY KEY("cpts_id","case_id"),
	CONSTRAINT "unscheduled_cares_level_known" CHECK ("unscheduled_cares"."level" is null or "unscheduled_cares"."level" in ('U1', 'U2', 'U3'))
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"position" bigint GENERATED ALWAYS AS IDENTITY (sequence name "audit_entries_position" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"actor_id" uuid,
	"role" text NOT NULL,
	"action" text NOT NULL,
	"case_id" uuid,
	"patient_id" uuid,
	"from_status" text,
	"to_status" text,
	"outcome" text NOT NULL,
	"on_behalf" boolean DEFAULT false NOT NULL,
	"request_id" text,
	CONSTRAINT "audit_entries_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "audit_entries_outcome_known" CHECK ("audit_entries"."outcome" in ('done', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"from_position" bigint NOT NULL,
	"to_position" bigint NOT NULL,
	"entries" integer NOT NULL,
	"digest" text NOT NULL,
	"previous_digest" text NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "audit_seals_pk" PRIMARY KEY("cpts_id","id")
);
--> statement-breakpoint
CREATE TABLE "case_events" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"type" text NOT NULL,
	"action" text NOT NULL,
	"actor_id" uuid,
	"actor_role" text NOT NULL,
	"from_status" text,
	"to_status" text,
	"reason" text,
	"text" text,
	"practitioner_id" uuid,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "case_events_pk" PRIMARY KEY("cpts_id","id")
);
--> statement-breakpoint
CREATE TABLE "case_links" (
	"cpts_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"linked_case_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "case_links_pk" PRIMARY KEY("cpts_id","case_id","linked_case_id")
);
--> statement-breakpoint
CREATE TABLE "case_participants" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"part" text NOT NULL,
	"practitioner_id" uuid,
	"unit_id" uuid,
	"account_id" uuid,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone,
	CONSTRAINT "case_participants_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "case_participants_part_known" CHECK ("case_participants"."part" in ('owner', 'requester', 'ward', 'accepted')),
	CONSTRAINT "case_participants_one_holder" CHECK (num_nonnulls("case_participants"."practitioner_id", "case_participants"."unit_id", "case_participants"."account_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"reference" text NOT NULL,
	"status" text NOT NULL,
	"status_reason" text,
	"previous_status" text,
	"is_open" boolean DEFAULT true NOT NULL,
	"band_rank" smallint NOT NULL,
	"score" smallint DEFAULT 0 NOT NULL,
	"priority" jsonb NOT NULL,
	"due_at" timestamp with time zone,
	"due_code" text,
	"queue_at" timestamp with time zone DEFAULT 'infinity' NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"registered_at" timestamp with time zone NOT NULL,
	"status_since" timestamp with time zone NOT NULL,
	"clock_started_at" timestamp with time zone NOT NULL,
	"paused_at" timestamp with time zone,
	"resume_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"patient_id" uuid NOT NULL,
	"household_size" smallint DEFAULT 1 NOT NULL,
	"municipality_code" text NOT NULL,
	"owner_id" uuid,
	"requester_id" uuid,
	"channel" text NOT NULL,
	"consent" jsonb,
	"escalated_at" timestamp with time zone,
	"escalation_reason" text,
	"look_alike" boolean DEFAULT false NOT NULL,
	"live_proposals" smallint DEFAULT 0 NOT NULL,
	"coverage" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "cases_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "cases_reference" UNIQUE("cpts_id","reference"),
	CONSTRAINT "cases_kind_known" CHECK ("cases"."kind" in ('gp-search', 'unscheduled-care', 'hospital-discharge')),
	CONSTRAINT "cases_channel_known" CHECK ("cases"."channel" in ('phone', 'counter', 'professional', 'hospital', 'import', 'public')),
	CONSTRAINT "cases_band_known" CHECK ("cases"."band_rank" between 1 and 4)
);
--> statement-breakpoint
CREATE TABLE "reference_counters" (
	"cpts_id" uuid NOT NULL,
	"prefix" text NOT NULL,
	"year" smallint NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "reference_counters_pk" PRIMARY KEY("cpts_id","prefix","year")
);
--> statement-breakpoint
CREATE TABLE "reminders" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"text" text NOT NULL,
	"assignee_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "reminders_pk" PRIMARY KEY("cpts_id","id")
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"display_name" text NOT NULL,
	"password_hash" text NOT NULL,
	"is_demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"disabled_at" timestamp with time zone,
	CONSTRAINT "accounts_pk" PRIMARY KEY("id"),
	CONSTRAINT "accounts_email" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "closed_days" (
	"cpts_id" uuid NOT NULL,
	"day" date NOT NULL,
	"label" text NOT NULL,
	CONSTRAINT "closed_days_pk" PRIMARY KEY("cpts_id","day")
);
--> statement-breakpoint
CREATE TABLE "cpts" (
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"time_zone" text DEFAULT 'Europe/Paris' NOT NULL,
	"holiday_zone" text DEFAULT 'metropole' NOT NULL,
	"opening_hours" jsonb,
	"is_demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "cpts_pk" PRIMARY KEY("id")
);
--> statement-breakpoint
CREATE TABLE "cpts_municipalities" (
	"cpts_id" uuid NOT NULL,
	"municipality_code" text NOT NULL,
	CONSTRAINT "cpts_municipalities_pk" PRIMARY KEY("cpts_id","municipality_code")
);
--> statement-breakpoint
CREATE TABLE "membership_units" (
	"cpts_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	CONSTRAINT "membership_units_pk" PRIMARY KEY("cpts_id","membership_id","unit_id")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"role" text NOT NULL,
	"practitioner_id" uuid,
	"is_health_professional" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "memberships_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "memberships_account_role" UNIQUE("cpts_id","account_id","role"),
	CONSTRAINT "memberships_role_known" CHECK ("memberships"."role" in ('coordinator', 'practitioner', 'requester', 'hospital_staff', 'administrator'))
);
--> statement-breakpoint
CREATE TABLE "organization_units" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"phone" text,
	CONSTRAINT "organization_units_pk" PRIMARY KEY("cpts_id","id")
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"finess" text,
	CONSTRAINT "organizations_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "organizations_kind_known" CHECK ("organizations"."kind" in ('hospital', 'clinic', 'nursing-home', 'ccas', 'dac', 'other'))
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"cpts_id" uuid NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"topic" text NOT NULL,
	"payload" jsonb NOT NULL,
	"run_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"taken_at" timestamp with time zone,
	CONSTRAINT "outbox_pk" PRIMARY KEY("cpts_id","id")
);
--> statement-breakpoint
CREATE TABLE "households" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "households_pk" PRIMARY KEY("cpts_id","id")
);
--> statement-breakpoint
CREATE TABLE "patient_search_tokens" (
	"cpts_id" uuid NOT NULL,
	"token" text NOT NULL,
	"patient_id" uuid NOT NULL,
	CONSTRAINT "patient_search_tokens_pk" PRIMARY KEY("cpts_id","token","patient_id")
);
--> statement-breakpoint
CREATE TABLE "patients" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"birth_name" text NOT NULL,
	"last_name" text NOT NULL,
	"first_name" text NOT NULL,
	"birth_date" date NOT NULL,
	"sex" text NOT NULL,
	"phones" text[] DEFAULT '{}'::text[] NOT NULL,
	"email" text,
	"address_line" text,
	"address_complement" text,
	"postal_code" text,
	"municipality_code" text NOT NULL,
	"guardian" jsonb,
	"caregiver" jsonb,
	"trusted_person" jsonb,
	"interpreter_language" text,
	"hours_to_call" text,
	"no_voicemail" boolean DEFAULT false NOT NULL,
	"household_id" uuid,
	"deceased_on" date,
	"traits" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "patients_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "patients_sex_known" CHECK ("patients"."sex" in ('female', 'male', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "absences" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"practitioner_id" uuid NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date NOT NULL,
	CONSTRAINT "absences_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "absences_in_order" CHECK ("absences"."until_day" >= "absences"."from_day")
);
--> statement-breakpoint
CREATE TABLE "intake_capacities" (
	"cpts_id" uuid NOT NULL,
	"practitioner_id" uuid NOT NULL,
	"places" integer,
	"period" integer DEFAULT 1 NOT NULL,
	"opens_at" date,
	"closes_at" date,
	"municipalities" text[] DEFAULT '{}'::text[] NOT NULL,
	"max_distance_km" integer,
	"home_visits" boolean DEFAULT false NOT NULL,
	"children" boolean DEFAULT true NOT NULL,
	"long_term" boolean DEFAULT true NOT NULL,
	"new_patients" boolean DEFAULT true NOT NULL,
	"declared_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "intake_capacities_pk" PRIMARY KEY("cpts_id","practitioner_id"),
	CONSTRAINT "intake_capacities_places_positive" CHECK ("intake_capacities"."places" is null or "intake_capacities"."places" >= 0)
);
--> statement-breakpoint
CREATE TABLE "practitioners" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"last_name" text NOT NULL,
	"first_name" text NOT NULL,
	"display_name" text NOT NULL,
	"gender" text,
	"profession" text NOT NULL,
	"is_general_practitioner" boolean DEFAULT false NOT NULL,
	"specialty" text,
	"rpps" text,
	"adeli" text,
	"practice_name" text,
	"practice_line" text,
	"practice_postal_code" text,
	"municipality_code" text NOT NULL,
	"practice_phone" text,
	"practice_email" text,
	"other_sites" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"home_visits" boolean,
	"accessible" boolean,
	"languages" text[] DEFAULT '{}'::text[] NOT NULL,
	"search" text NOT NULL,
	"entered_by_person" text[] DEFAULT '{}'::text[] NOT NULL,
	"imported_at" timestamp with time zone,
	"gone_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "practitioners_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "practitioners_profession_known" CHECK ("practitioners"."profession" in ('physician', 'nurse', 'pharmacist', 'physiotherapist', 'midwife', 'dentist', 'speech-therapist', 'podiatrist', 'orthoptist', 'psychologist', 'psychotherapist', 'occupational-therapist', 'psychomotor-therapist', 'dietitian', 'social-worker', 'care-assistant', 'childcare-assistant', 'dental-assistant', 'pharmacy-technician', 'laboratory-technician', 'radiographer', 'medical-physicist', 'ambulance-driver', 'optician', 'hearing-care-professional', 'orthotist-prosthetist', 'osteopath', 'chiropractor'))
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"need_id" uuid,
	"round_id" uuid NOT NULL,
	"mode" text NOT NULL,
	"rank" smallint NOT NULL,
	"practitioner_id" uuid NOT NULL,
	"status" text NOT NULL,
	"window_ms" bigint,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" uuid,
	"sent_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"answered_at" timestamp with time zone,
	"answered_by" uuid,
	"on_behalf" jsonb,
	"reason" text,
	"reason_text" text,
	"preview_note" text,
	"distance_hm" integer,
	"first_visit_at" timestamp with time zone,
	"appointment_at" timestamp with time zone,
	"reconfirmation" text DEFAULT 'none' NOT NULL,
	"reconfirm_by" timestamp with time zone,
	"places_taken" smallint DEFAULT 0 NOT NULL,
	"capacity_period" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "proposals_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "proposals_mode_known" CHECK ("proposals"."mode" in ('direct', 'sequential', 'broadcast')),
	CONSTRAINT "proposals_status_known" CHECK ("proposals"."status" in ('queued', 'pending', 'accepted', 'declined', 'expired', 'withdrawn', 'superseded', 'released'))
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"cpts_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"form" text NOT NULL,
	"content" jsonb NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	CONSTRAINT "drafts_pk" PRIMARY KEY("cpts_id","account_id","form")
);
--> statement-breakpoint
CREATE TABLE "former_municipalities" (
	"code" text NOT NULL,
	"name" text NOT NULL,
	"current_code" text NOT NULL,
	CONSTRAINT "former_municipalities_pk" PRIMARY KEY("code")
);
--> statement-breakpoint
CREATE TABLE "municipalities" (
	"code" text NOT NULL,
	"name" text NOT NULL,
	"search" text NOT NULL,
	"department" text NOT NULL,
	"region" text NOT NULL,
	"postal_codes" text[] NOT NULL,
	"population" integer,
	"latitude" double precision,
	"longitude" double precision,
	"coordinates_from" text,
	CONSTRAINT "municipalities_pk" PRIMARY KEY("code")
);
--> statement-breakpoint
CREATE TABLE "professions" (
	"code" text NOT NULL,
	"label" text NOT NULL,
	CONSTRAINT "professions_pk" PRIMARY KEY("code")
);
--> statement-breakpoint
CREATE TABLE "public_holidays" (
	"zone" text NOT NULL,
	"day" date NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "public_holidays_pk" PRIMARY KEY("zone","day")
);
--> statement-breakpoint
CREATE TABLE "reference_versions" (
	"name" text NOT NULL,
	"digest" text NOT NULL,
	CONSTRAINT "reference_versions_pk" PRIMARY KEY("name")
);
--> statement-breakpoint
CREATE TABLE "specialties" (
	"code" text NOT NULL,
	"label" text NOT NULL,
	"is_general_practitioner" boolean NOT NULL,
	CONSTRAINT "specialties_pk" PRIMARY KEY("code")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"cpts_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"status" integer,
	"answer" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_pk" PRIMARY KEY("cpts_id","account_id","key")
);
--> statement-breakpoint
CREATE TABLE "refresh_tokens" (
	"id" uuid NOT NULL,
	"family_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"membership_id" uuid,
	"current_cpts_id" uuid,
	"token_hash" text NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "refresh_tokens_pk" PRIMARY KEY("id"),
	CONSTRAINT "refresh_tokens_hash" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempts" (
	"key" text NOT NULL,
	"failures" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"blocked_until" timestamp with time zone,
	CONSTRAINT "sign_in_attempts_pk" PRIMARY KEY("key")
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"kid" text NOT NULL,
	"public_key" text NOT NULL,
	"wrapped_private_key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "signing_keys_pk" PRIMARY KEY("kid")
);
--> statement-breakpoint
ALTER TABLE "gp_search_members" ADD CONSTRAINT "gp_search_members_search" FOREIGN KEY ("cpts_id","case_id") REFERENCES "public"."gp_searches"("cpts_id","case_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gp_search_members" ADD CONSTRAINT "gp_search_members_patient" FOREIGN KEY ("cpts_id","patient_id") REFERENCES "public"."patients"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gp_searches" ADD CONSTRAINT "gp_searches_case" FOREIGN KEY ("cpts_id","case_id") REFERENCES "public"."cases"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discharge_needs" ADD CONSTRAINT "discharge_needs_discharge" FOREIGN KEY ("cpts_id","case_id") REFERENCES "public"."hospital_discharges"("cpts_id","case_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discharge_needs" ADD CONSTRAINT "discharge_needs_covered_by" FOREIGN KEY ("cpts_id","covered_by_id") REFERENCES "public"."practitioners"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hospital_discharges" ADD CONSTRAINT "hospital_discharges_case" FOREIGN KEY ("cpts_id","case_id") REFERENCES "public"."cases"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hospital_discharges" ADD CONSTRAINT "hospital_discharges_unit" FOREIGN KEY ("cpts_id","unit_id") REFERENCES "public"."organization_units"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unscheduled_cares" ADD CONSTRAINT "unscheduled_cares_case" FOREIGN KEY ("cpts_id","case_id") REFERENCES "public"."cases"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unscheduled_cares" ADD CONSTRAINT "unscheduled_cares_booked_with" FOREIGN KEY ("cpts_id","booked_with_id") REFERENCES "public"."practitioners"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_events" ADD CONSTRAINT "case_events_case" FOREIGN KEY ("cpts_id","case_id") REFERENCES "public"."cases"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_links" ADD CONSTRAINT "case_links_case" FOREIGN KEY ("cpts_id","case_id") REFERENCES "public"."cases"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_links" ADD CONSTRAINT "case_links_linked" FOREIGN KEY ("cpts_id","linked_case_id") REFERENCES "public"."cases"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_participants" ADD CONSTRAINT "case_participants_case" FOREIGN KEY ("cpts_id","case_id") REFERENCES "public"."cases"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_patient" FOREIGN KEY ("cpts_id","patient_id") REFERENCES "public"."patients"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_case" FOREIGN KEY ("cpts_id","case_id") REFERENCES "public"."cases"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_units" ADD CONSTRAINT "membership_units_membership" FOREIGN KEY ("cpts_id","membership_id") REFERENCES "public"."memberships"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_units" ADD CONSTRAINT "membership_units_unit" FOREIGN KEY ("cpts_id","unit_id") REFERENCES "public"."organization_units"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_account" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_units" ADD CONSTRAINT "organization_units_organization" FOREIGN KEY ("cpts_id","organization_id") REFERENCES "public"."organizations"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patient_search_tokens" ADD CONSTRAINT "patient_search_tokens_patient" FOREIGN KEY ("cpts_id","patient_id") REFERENCES "public"."patients"("cpts_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_household" FOREIGN KEY ("cpts_id","household_id") REFERENCES "public"."households"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_practitioner" FOREIGN KEY ("cpts_id","practitioner_id") REFERENCES "public"."practitioners"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake_capacities" ADD CONSTRAINT "intake_capacities_practitioner" FOREIGN KEY ("cpts_id","practitioner_id") REFERENCES "public"."practitioners"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_case" FOREIGN KEY ("cpts_id","case_id") REFERENCES "public"."cases"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_practitioner" FOREIGN KEY ("cpts_id","practitioner_id") REFERENCES "public"."practitioners"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "discharge_needs_of_case" ON "discharge_needs" USING btree ("cpts_id","case_id","position");--> statement-breakpoint
CREATE INDEX "hospital_discharges_by_date" ON "hospital_discharges" USING btree ("cpts_id","expected_discharge_at");--> statement-breakpoint
CREATE INDEX "audit_entries_recent" ON "audit_entries" USING btree ("cpts_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_of_case" ON "audit_entries" USING btree ("cpts_id","case_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_seals_last" ON "audit_seals" USING btree ("cpts_id","to_position");--> statement-breakpoint
CREATE INDEX "case_events_story" ON "case_events" USING btree ("cpts_id","case_id","at","id");--> statement-breakpoint
CREATE INDEX "case_links_back" ON "case_links" USING btree ("cpts_id","linked_case_id");--> statement-breakpoint
CREATE INDEX "case_participants_of_case" ON "case_participants" USING btree ("cpts_id","case_id");--> statement-breakpoint
CREATE INDEX "case_participants_practitioner" ON "case_participants" USING btree ("cpts_id","practitioner_id","case_id") WHERE "case_participants"."until" is null;--> statement-breakpoint
CREATE INDEX "case_participants_unit" ON "case_participants" USING btree ("cpts_id","unit_id","case_id") WHERE "case_participants"."until" is null;--> statement-breakpoint
CREATE INDEX "case_participants_account" ON "case_participants" USING btree ("cpts_id","account_id","case_id") WHERE "case_participants"."until" is null;--> statement-breakpoint
CREATE INDEX "cases_queue" ON "cases" USING btree ("cpts_id","queue_at","band_rank","opened_at","id") WHERE "cases"."is_open";--> statement-breakpoint
CREATE INDEX "cases_queue_by_kind" ON "cases" USING btree ("cpts_id","kind","queue_at","band_rank","opened_at","id") WHERE "cases"."is_open";--> statement-breakpoint
CREATE INDEX "cases_queue_by_band" ON "cases" USING btree ("cpts_id","band_rank","queue_at","opened_at","id") WHERE "cases"."is_open";--> statement-breakpoint
CREATE INDEX "cases_queue_by_municipality" ON "cases" USING btree ("cpts_id","municipality_code","queue_at","band_rank","opened_at","id") WHERE "cases"."is_open";--> statement-breakpoint
CREATE INDEX "cases_queue_by_owner" ON "cases" USING btree ("cpts_id","owner_id","queue_at","band_rank","opened_at","id") WHERE "cases"."is_open";--> statement-breakpoint
CREATE INDEX "cases_by_kind_opened" ON "cases" USING btree ("cpts_id","kind","opened_at","id");--> statement-breakpoint
CREATE INDEX "cases_by_status" ON "cases" USING btree ("cpts_id","kind","status","queue_at","band_rank","opened_at","id");--> statement-breakpoint
CREATE INDEX "cases_by_patient" ON "cases" USING btree ("cpts_id","patient_id");--> statement-breakpoint
CREATE INDEX "reminders_open" ON "reminders" USING btree ("cpts_id","case_id","due_at") WHERE "reminders"."done_at" is null;--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("id") WHERE "outbox"."taken_at" is null;--> statement-breakpoint
CREATE INDEX "patient_search_tokens_patient_idx" ON "patient_search_tokens" USING btree ("cpts_id","patient_id");--> statement-breakpoint
CREATE INDEX "patients_traits" ON "patients" USING btree ("cpts_id","traits");--> statement-breakpoint
CREATE INDEX "patients_birth_date" ON "patients" USING btree ("cpts_id","birth_date");--> statement-breakpoint
CREATE INDEX "patients_household_members" ON "patients" USING btree ("cpts_id","household_id");--> statement-breakpoint
CREATE INDEX "absences_by_practitioner" ON "absences" USING btree ("cpts_id","practitioner_id","until_day");--> statement-breakpoint
CREATE UNIQUE INDEX "practitioners_rpps" ON "practitioners" USING btree ("cpts_id","rpps") WHERE "practitioners"."rpps" is not null;--> statement-breakpoint
CREATE INDEX "practitioners_profession" ON "practitioners" USING btree ("cpts_id","profession","municipality_code");--> statement-breakpoint
CREATE INDEX "practitioners_name" ON "practitioners" USING btree ("cpts_id","search","id");--> statement-breakpoint
CREATE UNIQUE INDEX "proposals_one_accepted" ON "proposals" USING btree ("cpts_id","case_id") WHERE "proposals"."status" = 'accepted' and "proposals"."need_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "proposals_one_accepted_need" ON "proposals" USING btree ("cpts_id","need_id") WHERE "proposals"."status" = 'accepted' and "proposals"."need_id" is not null;--> statement-breakpoint
CREATE INDEX "proposals_of_case" ON "proposals" USING btree ("cpts_id","case_id","created_at");--> statement-breakpoint
CREATE INDEX "proposals_of_practitioner" ON "proposals" USING btree ("cpts_id","practitioner_id","status","sent_at");--> statement-breakpoint
CREATE INDEX "proposals_by_status" ON "proposals" USING btree ("cpts_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "proposals_running" ON "proposals" USING btree ("expires_at") WHERE "proposals"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "municipalities_search" ON "municipalities" USING btree ("search");--> statement-breakpoint
CREATE INDEX "municipalities_postal_codes" ON "municipalities" USING gin ("postal_codes");--> statement-breakpoint
CREATE INDEX "refresh_tokens_family" ON "refresh_tokens" USING btree ("family_id");