CREATE TABLE "passkey_challenges" (
	"challenge" text NOT NULL,
	"purpose" text NOT NULL,
	"account_id" uuid,
	"session_id" uuid,
	"user_handle" text,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "passkey_challenges_pk" PRIMARY KEY("challenge"),
	CONSTRAINT "passkey_challenges_purpose_known" CHECK ("passkey_challenges"."purpose" in ('register', 'sign-in')),
	CONSTRAINT "passkey_challenges_register_is_somebodys" CHECK ("passkey_challenges"."purpose" <> 'register' or "passkey_challenges"."account_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"credential_id" text NOT NULL,
	"user_handle" text NOT NULL,
	"public_key" text NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"name" text NOT NULL,
	"is_backed_up" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"suspected_at" timestamp with time zone,
	CONSTRAINT "passkeys_pk" PRIMARY KEY("id"),
	CONSTRAINT "passkeys_credential" UNIQUE("credential_id")
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"account_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "recovery_codes_pk" PRIMARY KEY("account_id","digest")
);
--> statement-breakpoint
CREATE TABLE "remembered_devices" (
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"device" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "remembered_devices_pk" PRIMARY KEY("id"),
	CONSTRAINT "remembered_devices_token" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "totp_factors" (
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"wrapped_secret" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone,
	"last_step" bigint,
	CONSTRAINT "totp_factors_pk" PRIMARY KEY("id")
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "proved_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "passkeys_account" ON "passkeys" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "remembered_devices_account" ON "remembered_devices" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "totp_factors_in_use" ON "totp_factors" USING btree ("account_id") WHERE "totp_factors"."confirmed_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "totp_factors_in_setup" ON "totp_factors" USING btree ("account_id") WHERE "totp_factors"."confirmed_at" is null;--> statement-breakpoint
grant select, insert, delete on "totp_factors", "recovery_codes", "remembered_devices", "passkeys", "passkey_challenges"
  to "maillage_api";
--> statement-breakpoint
grant update ("confirmed_at", "last_step") on "totp_factors" to "maillage_api";
--> statement-breakpoint
grant update ("used_at") on "recovery_codes" to "maillage_api";
--> statement-breakpoint
grant update ("last_used_at") on "remembered_devices" to "maillage_api";
--> statement-breakpoint
grant update ("name", "counter", "is_backed_up", "last_used_at", "suspected_at") on "passkeys" to "maillage_api";
--> statement-breakpoint
-- Who is asked for no second factor is an operator's word: a fault of the API must not be able to say it.
revoke insert, update on "accounts" from "maillage_api";
--> statement-breakpoint
grant insert ("id", "email", "display_name", "password_hash", "letter_shortcuts", "created_at"),
  update ("display_name", "password_hash", "letter_shortcuts", "disabled_at") on "accounts" to "maillage_api";
