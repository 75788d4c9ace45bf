CREATE TABLE "renditions" (
	"meeting_id" text NOT NULL,
	"kind" text NOT NULL,
	"language" text NOT NULL,
	"rendition" jsonb NOT NULL,
	CONSTRAINT "renditions_meeting_id_kind_language_pk" PRIMARY KEY("meeting_id","kind","language")
);
--> statement-breakpoint
CREATE TABLE "translated_minutes" (
	"meeting_id" text NOT NULL,
	"language" text NOT NULL,
	"minutes" jsonb NOT NULL,
	CONSTRAINT "translated_minutes_meeting_id_language_pk" PRIMARY KEY("meeting_id","language")
);
--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "wishes" jsonb DEFAULT '{"template":null,"language":null}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "held_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "time_zone" text DEFAULT 'UTC' NOT NULL;--> statement-breakpoint
ALTER TABLE "renditions" ADD CONSTRAINT "renditions_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "translated_minutes" ADD CONSTRAINT "translated_minutes_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;