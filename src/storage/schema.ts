import {
  bigint,
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import type {
  MediaRef,
  MeetingId,
  MeetingSource,
  MeetingState,
  MeetingStats,
  Minutes,
  MinutesWishes,
  Person,
  Place,
  Rendition,
  Speaker,
  TrackId,
  UtteranceId,
  Word,
} from '../core/model.ts';
import type { ThreadMessage } from '../core/ports.ts';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const bits = customType<{ data: string; config: { length: number } }>({
  dataType: (config) => `bit(${config?.length ?? 1})`,
});
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** Bits per passage: one for each dimension of the embedder, see `sign-code.ts`. */
export const CODE_BITS = 384;

/** One row per meeting. `sequence` breaks ties between meetings created within one millisecond. */
export const meetings = pgTable(
  'meetings',
  {
    id: text().$type<MeetingId>().primaryKey(),
    sequence: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    requestKey: text('request_key').notNull().unique(),
    origin: jsonb().$type<Place>().notNull(),
    requestedBy: jsonb('requested_by').$type<Person>().notNull(),
    source: text().$type<MeetingSource>().notNull(),
    title: text(),
    language: text(),
    wishes: jsonb().$type<MinutesWishes>().notNull().default({ template: null, language: null }),
    heldAt: timestamp('held_at', { withTimezone: true, precision: 3 }),
    timeZone: text('time_zone').notNull().default('UTC'),
    durationMs: bigint('duration_ms', { mode: 'number' }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
    /** Beside `state` so that compare-and-set needs no look inside the JSON. */
    stateKind: text('state_kind').$type<MeetingState['kind']>().notNull(),
    state: jsonb().$type<MeetingState>().notNull(),
    stats: jsonb().$type<MeetingStats>().notNull(),
  },
  (table) => [index('meetings_newest').on(table.createdAt.desc().nullsFirst(), table.sequence.desc().nullsFirst())],
);

/** Deleting a meeting deletes everything below. */
const meetingId = () =>
  text('meeting_id')
    .$type<MeetingId>()
    .notNull()
    .references(() => meetings.id, { onDelete: 'cascade' });

export const tracks = pgTable(
  'tracks',
  {
    id: text().$type<TrackId>().primaryKey(),
    meetingId: meetingId(),
    index: integer().notNull(),
    speaker: jsonb().$type<Person>(),
    media: jsonb().$type<MediaRef>().notNull(),
    mediaKey: text('media_key').notNull(),
    startMs: bigint('start_ms', { mode: 'number' }).notNull(),
    durationMs: bigint('duration_ms', { mode: 'number' }),
    heardMs: bigint('heard_ms', { mode: 'number' }).notNull().default(0),
  },
  (table) => [index('tracks_meeting').on(table.meetingId), index('tracks_media').on(table.mediaKey)],
);

export const utterances = pgTable(
  'utterances',
  {
    id: text().$type<UtteranceId>().primaryKey(),
    meetingId: meetingId(),
    trackId: text('track_id')
      .$type<TrackId>()
      .references(() => tracks.id, { onDelete: 'cascade' }),
    speaker: jsonb().$type<Speaker>().notNull(),
    startMs: bigint('start_ms', { mode: 'number' }).notNull(),
    endMs: bigint('end_ms', { mode: 'number' }).notNull(),
    text: text().notNull(),
    language: text().notNull(),
    words: jsonb().$type<readonly Word[]>(),
    confidence: doublePrecision(),
    estimated: boolean(),
    /** What the utterance can be found by; written with the row, see `search-index.ts`. */
    terms: tsvector().notNull(),
    /** Terms in `terms`, repeats included: the length that ranking divides by. */
    termCount: integer('term_count').notNull(),
  },
  (table) => [
    index('utterances_meeting_start').on(table.meetingId, table.startMs),
    index('utterances_track').on(table.trackId),
    // Without a pending list an insert costs a little more and no search ever pays for flushing it.
    index('utterances_terms').using('gin', table.terms).with({ fastupdate: false }),
  ],
);

export const minutes = pgTable('minutes', {
  meetingId: meetingId().primaryKey(),
  minutes: jsonb().$type<Minutes>().notNull(),
});

/** One row per meeting, kind and language; a later one replaces it. */
export const renditions = pgTable(
  'renditions',
  {
    meetingId: meetingId(),
    kind: text().$type<Rendition['kind']>().notNull(),
    language: text().notNull(),
    rendition: jsonb().$type<Rendition>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.kind, table.language] })],
);

/** Minutes in further languages, translated from those in `minutes`. */
export const translatedMinutes = pgTable(
  'translated_minutes',
  {
    meetingId: meetingId(),
    language: text().notNull(),
    minutes: jsonb().$type<Minutes>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.language] })],
);

/** What texts of a meeting mean: one row per text and embedder. */
export const vectors = pgTable(
  'vectors',
  {
    meetingId: meetingId(),
    embedder: text().notNull(),
    /** SHA-256 of the text: nothing said is kept a second time. */
    textHash: bytea('text_hash').notNull(),
    /** 16-bit floats, little-endian. */
    vector: bytea().notNull(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.embedder, table.textHash] })],
);

/** Signs of each passage's vector: narrow enough that all of them are looked through for one question. */
export const passageCodes = pgTable(
  'passage_codes',
  {
    meetingId: meetingId(),
    embedder: text().notNull(),
    number: integer().notNull(),
    code: bits({ length: CODE_BITS }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.embedder, table.number] })],
);

/** One row per message; the messages of one append share `key`. */
export const threadMessages = pgTable(
  'thread_messages',
  {
    threadId: text('thread_id').notNull(),
    key: text().notNull(),
    index: integer().notNull(),
    sequence: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    message: jsonb().$type<ThreadMessage>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.threadId, table.key, table.index] }),
    index('thread_messages_order').on(table.threadId, table.sequence),
  ],
);
