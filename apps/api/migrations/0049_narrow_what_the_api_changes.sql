-- A key that whoever speaks as the API had made would be one that they know: the first is made by the owner as Maillage starts.
revoke insert on "data_keys" from "maillage_api";
--> statement-breakpoint
-- Whose session it is, how it was opened and when are said once; so are whom an outside identity stands for, and who asked.
revoke update on "sessions", "openid_links", "password_resets", "second_factor_resets" from "maillage_api";
--> statement-breakpoint
grant update ("last_seen_at", "locked_at", "ended_at", "proved_at", "second_factor") on "sessions" to "maillage_api";
--> statement-breakpoint
grant update ("last_used_at") on "openid_links" to "maillage_api";
--> statement-breakpoint
grant update ("taken_at") on "password_resets" to "maillage_api";
--> statement-breakpoint
grant update ("status", "decided_by", "decided_at") on "second_factor_resets" to "maillage_api";
--> statement-breakpoint
-- A sealed number opens in its own row alone: it is rewritten or taken back there, and goes with its patient.
revoke update, delete on "patient_identities" from "maillage_api";
--> statement-breakpoint
grant update ("status", "authority", "sealed_number", "digest", "key_version", "recorded_at", "recorded_by")
  on "patient_identities" to "maillage_api";
