-- Unlogged: written at the door, and a count that a crash forgets is begun anew. No CPTS: an account may work in several.
CREATE UNLOGGED TABLE "rate_limits" (
	"key" text NOT NULL,
	"window_at" timestamp with time zone NOT NULL,
	"granted" integer NOT NULL,
	CONSTRAINT "rate_limits_pk" PRIMARY KEY("key")
);

--> statement-breakpoint
grant select, insert, update on "rate_limits" to "maillage_api";
