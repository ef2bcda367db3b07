ALTER TABLE "registrations" ADD COLUMN "patient_id" uuid;--> statement-breakpoint
update "registrations" r set "patient_id" = c."patient_id" from "cases" c where c."cpts_id" = r."cpts_id" and c."id" = r."case_id";--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_patient" FOREIGN KEY ("cpts_id","patient_id") REFERENCES "public"."patients"("cpts_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "registrations_of_patient" ON "registrations" USING btree ("cpts_id","patient_id");--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_patient_once_confirmed" CHECK (("registrations"."patient_id" is null) = ("registrations"."case_id" is null));