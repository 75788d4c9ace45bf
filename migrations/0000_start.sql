CREATE TABLE "meetings" (
	"id" text PRIMARY KEY NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "meetings_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"request_key" text NOT NULL,
	"origin" jsonb NOT NULL,
	"requested_by" jsonb NOT NULL,
	"source" text NOT NULL,
	"title" text,
	"language" text,
	"duration_ms" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"state_kind" text NOT NULL,
	"state" jsonb NOT NULL,
	"stats" jsonb NOT NULL,
	CONSTRAINT "meetings_request_key_unique" UNIQUE("request_key")
);
--> statement-breakpoint
CREATE TABLE "minutes" (
	"meeting_id" text PRIMARY KEY NOT NULL,
	"minutes" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "thread_messages" (
	"thread_id" text NOT NULL,
	"key" text NOT NULL,
	"index" integer NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "thread_messages_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"message" jsonb NOT NULL,
	CONSTRAINT "thread_messages_thread_id_key_index_pk" PRIMARY KEY("thread_id","key","index")
);
--> statement-breakpoint
CREATE TABLE "tracks" (
	"id" text PRIMARY KEY NOT NULL,
	"meeting_id" text NOT NULL,
	"index" integer NOT NULL,
	"speaker" jsonb,
	"media" jsonb NOT NULL,
	"media_key" text NOT NULL,
	"start_ms" bigint NOT NULL,
	"duration_ms" bigint,
	"heard_ms" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "utterances" (
	"id" text PRIMARY KEY NOT NULL,
	"meeting_id" text NOT NULL,
	"track_id" text,
	"speaker" jsonb NOT NULL,
	"start_ms" bigint NOT NULL,
	"end_ms" bigint NOT NULL,
	"text" text NOT NULL,
	"language" text NOT NULL,
	"words" jsonb,
	"confidence" double precision,
	"estimated" boolean,
	"terms" "tsvector" NOT NULL,
	"term_count" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tracks" ADD CONSTRAINT "tracks_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "utterances" ADD CONSTRAINT "utterances_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "utterances" ADD CONSTRAINT "utterances_track_id_tracks_id_fk" FOREIGN KEY ("track_id") REFERENCES "public"."tracks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "meetings_newest" ON "meetings" USING btree ("created_at" DESC NULLS FIRST,"sequence" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "thread_messages_order" ON "thread_messages" USING btree ("thread_id","sequence");--> statement-breakpoint
CREATE INDEX "tracks_meeting" ON "tracks" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "tracks_media" ON "tracks" USING btree ("media_key");--> statement-breakpoint
CREATE INDEX "utterances_meeting_start" ON "utterances" USING btree ("meeting_id","start_ms");--> statement-breakpoint
CREATE INDEX "utterances_track" ON "utterances" USING btree ("track_id");--> statement-breakpoint
CREATE INDEX "utterances_terms" ON "utterances" USING gin ("terms") WITH (fastupdate=false);