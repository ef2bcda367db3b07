CREATE TABLE "openid_flows" (
	"state_hash" text NOT NULL,
	"provider" text NOT NULL,
	"browser_hash" text NOT NULL,
	"nonce" text NOT NULL,
	"verifier" text NOT NULL,
	"return_to" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "openid_flows_pk" PRIMARY KEY("state_hash")
);
--> statement-breakpoint
CREATE TABLE "openid_links" (
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"account_id" uuid NOT NULL,
	"linked_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone NOT NULL,
	CONSTRAINT "openid_links_pk" PRIMARY KEY("issuer","subject"),
	CONSTRAINT "openid_links_account" UNIQUE("issuer","account_id")
);
--> statement-breakpoint
CREATE TABLE "openid_sessions" (
	"session_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"wrapped_id_token" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	CONSTRAINT "openid_sessions_pk" PRIMARY KEY("session_id")
);
--> statement-breakpoint
CREATE INDEX "openid_flows_end" ON "openid_flows" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "practitioners_rpps_anywhere" ON "practitioners" USING btree ("rpps") WHERE "practitioners"."rpps" is not null;--> statement-breakpoint
grant select, insert, delete on "openid_flows", "openid_sessions" to "maillage_api";
--> statement-breakpoint
grant select, insert, update on "openid_links" to "maillage_api";
--> statement-breakpoint
-- A professional who comes from Pro Santé Connect shows their RPPS before any tenant is known. Tells which accounts hold
-- the directory entry of that number, even closed or ended, so that the refusal can say what to do.
create function "accounts_of_rpps"(number text)
returns table (account_id uuid, is_closed boolean, has_ended boolean, cpts_id uuid, cpts_name text, id uuid, role text,
  practitioner_id uuid, is_health_professional boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.account_id, a.disabled_at is not null, m.ended_at is not null, m.cpts_id, c.name, m.id, m.role,
    m.practitioner_id, m.is_health_professional
  from practitioners p
  join memberships m on m.cpts_id = p.cpts_id and m.practitioner_id = p.id and m.role = 'practitioner'
  join accounts a on a.id = m.account_id
  join cpts c on c.id = m.cpts_id
  where p.rpps = number
  order by m.created_at, m.id
$$;
--> statement-breakpoint
revoke all on function "accounts_of_rpps"(text) from public;
--> statement-breakpoint
grant execute on function "accounts_of_rpps"(text) to "maillage_api";
