-- What opens a session is made once: the API says that it served or is over, and never turns it into another.
revoke update on "signing_keys", "refresh_tokens" from "maillage_api";
--> statement-breakpoint
grant update ("retired_at") on "signing_keys" to "maillage_api";
--> statement-breakpoint
grant update ("used_at", "ended_at", "membership_id", "current_cpts_id") on "refresh_tokens" to "maillage_api";
