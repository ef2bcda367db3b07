-- The places that stood in a column become rows; one whose commune nobody knew was of no use, and is left out.
insert into "practice_sites" ("cpts_id", "id", "practitioner_id", "position", "name", "line", "postal_code", "municipality_code", "phone")
select p."cpts_id", gen_random_uuid(), p."id", s."at" - 1, s."site" ->> 'name', s."site" ->> 'line',
  s."site" ->> 'postalCode', s."site" ->> 'municipality', s."site" ->> 'phone'
from "practitioners" p cross join lateral jsonb_array_elements(p."other_sites") with ordinality s ("site", "at")
where s."site" ->> 'municipality' is not null;--> statement-breakpoint
ALTER TABLE "practitioners" DROP COLUMN "other_sites";
