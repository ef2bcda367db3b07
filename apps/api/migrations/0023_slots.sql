CREATE TABLE "slot_bookings" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"slot_id" uuid NOT NULL,
	"practitioner_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"state" text NOT NULL,
	"held_until" timestamp with time zone,
	"held_by" uuid,
	"booked_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "slot_bookings_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "slot_bookings_state_known" CHECK ("slot_bookings"."state" in ('held', 'booked', 'attended', 'no_show', 'released'))
);
--> statement-breakpoint
CREATE TABLE "slot_series" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"practitioner_id" uuid NOT NULL,
	"days" text[] NOT NULL,
	"every_weeks" smallint DEFAULT 1 NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date,
	"start_minute" smallint NOT NULL,
	"slots_a_day" smallint DEFAULT 1 NOT NULL,
	"duration_minutes" smallint NOT NULL,
	"capacity" smallint DEFAULT 1 NOT NULL,
	"mode" text NOT NULL,
	"visibility" text[] NOT NULL,
	"on_closed_days" boolean DEFAULT false NOT NULL,
	"excluded_days" date[] DEFAULT '{}'::date[] NOT NULL,
	"made_until" date NOT NULL,
	"ended_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "slot_series_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "slot_series_mode_known" CHECK ("slot_series"."mode" in ('practice', 'home', 'tele'))
);
--> statement-breakpoint
CREATE TABLE "slots" (
	"cpts_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"practitioner_id" uuid NOT NULL,
	"series_id" uuid,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"mode" text NOT NULL,
	"visibility" text[] NOT NULL,
	"capacity" smallint DEFAULT 1 NOT NULL,
	"closed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "slots_pk" PRIMARY KEY("cpts_id","id"),
	CONSTRAINT "slots_start" UNIQUE("cpts_id","practitioner_id","starts_at"),
	CONSTRAINT "slots_mode_known" CHECK ("slots"."mode" in ('practice', 'home', 'tele')),
	CONSTRAINT "slots_in_order" CHECK ("slots"."ends_at" > "slots"."starts_at"),
	CONSTRAINT "slots_capacity_positive" CHECK ("slots"."capacity" > 0)
);
--> statement-breakpoint
ALTER TABLE "memberships" DROP CONSTRAINT "memberships_role_known";--> statement-breakpoint
ALTER TABLE "unscheduled_cares" ADD COLUMN "slot_id" uuid;--> statement-breakpoint
ALTER TABLE "unscheduled_cares" ADD COLUMN "visit_told_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "unscheduled_cares" ADD COLUMN "visit_note" text;--> statement-breakpoint
ALTER TABLE "unscheduled_cares" ADD COLUMN "gp_id" uuid;--> statement-breakpoint
ALTER TABLE "slot_bookings" ADD CONSTRAINT "slot_bookings_slot" FOREIGN KEY ("cpts_id","slot_id") REFERENCES "public"."slots"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slot_bookings" ADD CONSTRAINT "slot_bookings_case" FOREIGN KEY ("cpts_id","case_id") REFERENCES "public"."cases"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slot_series" ADD CONSTRAINT "slot_series_practitioner" FOREIGN KEY ("cpts_id","practitioner_id") REFERENCES "public"."practitioners"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slots" ADD CONSTRAINT "slots_practitioner" FOREIGN KEY ("cpts_id","practitioner_id") REFERENCES "public"."practitioners"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slots" ADD CONSTRAINT "slots_series" FOREIGN KEY ("cpts_id","series_id") REFERENCES "public"."slot_series"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "slot_bookings_of_case" ON "slot_bookings" USING btree ("cpts_id","case_id") WHERE "slot_bookings"."state" in ('held', 'booked');--> statement-breakpoint
CREATE INDEX "slot_bookings_of_slot" ON "slot_bookings" USING btree ("cpts_id","slot_id") WHERE "slot_bookings"."state" <> 'released';--> statement-breakpoint
CREATE INDEX "slot_bookings_load" ON "slot_bookings" USING btree ("cpts_id","practitioner_id","booked_at") WHERE "slot_bookings"."state" in ('booked', 'attended', 'no_show');--> statement-breakpoint
CREATE INDEX "slot_series_running" ON "slot_series" USING btree ("cpts_id","made_until") WHERE "slot_series"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "slot_series_by_practitioner" ON "slot_series" USING btree ("cpts_id","practitioner_id") WHERE "slot_series"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "slots_to_come" ON "slots" USING btree ("cpts_id","starts_at","id") WHERE "slots"."closed_at" is null;--> statement-breakpoint
ALTER TABLE "unscheduled_cares" ADD CONSTRAINT "unscheduled_cares_slot" FOREIGN KEY ("cpts_id","slot_id") REFERENCES "public"."slots"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unscheduled_cares" ADD CONSTRAINT "unscheduled_cares_gp" FOREIGN KEY ("cpts_id","gp_id") REFERENCES "public"."practitioners"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_role_known" CHECK ("memberships"."role" in ('coordinator', 'practitioner', 'requester', 'hospital_staff', 'administrator'));--> statement-breakpoint
select "protect_tenant_table"('slot_series');
--> statement-breakpoint
select "protect_tenant_table"('slots');
--> statement-breakpoint
select "protect_tenant_table"('slot_bookings');
--> statement-breakpoint
grant select, insert, update on "slot_series", "slots", "slot_bookings" to "maillage_api";
