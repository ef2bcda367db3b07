CREATE TABLE "sessions" (
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"method" text NOT NULL,
	"second_factor" text,
	"device" text DEFAULT '' NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "sessions_pk" PRIMARY KEY("id"),
	CONSTRAINT "sessions_method_known" CHECK ("sessions"."method" in ('password', 'passkey', 'pro-sante-connect', 'hospital')),
	CONSTRAINT "sessions_second_factor_known" CHECK ("sessions"."second_factor" in ('totp', 'recovery-code', 'remembered-device', 'passkey', 'identity-provider', 'exempt'))
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "is_second_factor_exempt" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "sessions_account" ON "sessions" USING btree ("account_id","opened_at");--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_exempt_are_invented" CHECK (not "accounts"."is_second_factor_exempt" or "accounts"."email" like '%.example');--> statement-breakpoint
grant select, insert, update on "sessions" to "maillage_api";
--> statement-breakpoint
-- The demo of an earlier start: its people are invented, and so are their addresses.
update "accounts" set "is_second_factor_exempt" = true where "is_demo" and "email" like '%.example';
--> statement-breakpoint
-- A session says from now on what proved who it is: those that were open cannot, and their people sign in again.
update "refresh_tokens" set "ended_at" = now() where "ended_at" is null;
