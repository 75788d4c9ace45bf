CREATE TABLE "passage_codes" (
	"meeting_id" text NOT NULL,
	"embedder" text NOT NULL,
	"number" integer NOT NULL,
	"code" bit(384) NOT NULL,
	CONSTRAINT "passage_codes_meeting_id_embedder_number_pk" PRIMARY KEY("meeting_id","embedder","number")
);
--> statement-breakpoint
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
CREATE TABLE "vectors" (
	"meeting_id" text NOT NULL,
	"embedder" text NOT NULL,
	"text_hash" "bytea" NOT NULL,
	"vector" "bytea" NOT NULL,
	CONSTRAINT "vectors_meeting_id_embedder_text_hash_pk" PRIMARY KEY("meeting_id","embedder","text_hash")
);
--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "wishes" jsonb DEFAULT '{"template":null,"language":null}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "held_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "time_zone" text DEFAULT 'UTC' NOT NULL;--> statement-breakpoint
ALTER TABLE "passage_codes" ADD CONSTRAINT "passage_codes_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "renditions" ADD CONSTRAINT "renditions_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "translated_minutes" ADD CONSTRAINT "translated_minutes_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vectors" ADD CONSTRAINT "vectors_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;