CREATE TABLE "schedules" (
	"user_id" text NOT NULL,
	"version" integer NOT NULL,
	"operation" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"document" jsonb NOT NULL,
	CONSTRAINT "schedules_user_id_version_pk" PRIMARY KEY("user_id","version")
);
