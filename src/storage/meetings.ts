import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { MeetingId, MeetingState, TrackId, Utterance, UtteranceId } from '../core/model.ts';
import type { Clock, Meetings, NewMeeting, Next } from '../core/ports.ts';
import { Fault } from '../core/faults.ts';
import { utteranceId } from '../core/utterance-id.ts';
import { LOCKS } from './advisory-locks.ts';
import { storable } from './clean.ts';
import type { Database, Transaction } from './database.ts';
import { onDatabase } from './database-faults.ts';
import { addMeasured, addMissed, meetingOf, newMeetingId, NO_STATS, trackOf, transcriptOf } from './meeting-rows.ts';
import { meetings, minutes, tracks, utterances } from './schema.ts';
import { searchColumns } from './search-index.ts';

/** Rows per statement: PostgreSQL takes 65,535 parameters, an utterance needs 12. */
const ROWS_AT_ONCE = 500;

/** The state a meeting is in while its next job has yet to be done. */
const STATE_BEFORE: Record<Next['name'], MeetingState> = {
  listen: { kind: 'listening' },
  understand: { kind: 'understanding' },
  post: { kind: 'posting' },
  forget: { kind: 'listening' },
};

/**
 * Meetings in the database. `enqueue` puts a job in line within the given transaction. Ids are 10 random characters;
 * tracks are `<meeting>-t<index>`. A method that fails throws Fault `database`, mostly `unavailable`.
 *
 * `heard` does nothing once the meeting is no longer listening: by then all of it has been heard. `hold` is a lock of a
 * database session of its own: free as soon as the server notices that the session is gone, at once when a process dies,
 * after half a minute when a machine does. A holder whose own connection breaks has lost its hold without being told;
 * the compare-and-set of `advance` and the ids of utterances keep its work from counting twice.
 */
export function createMeetings(
  database: Database,
  options: { readonly enqueue: (transaction: Transaction, job: Next) => Promise<void>; readonly clock: Clock },
): Meetings {
  const { tables } = database;

  const byId = async (id: MeetingId) => {
    const [row] = await tables.select().from(meetings).where(eq(meetings.id, id));
    return row === undefined ? null : meetingOf(row);
  };

  const insert = async (tx: Transaction, given: NewMeeting, next: (id: MeetingId) => Next) => {
    const id = newMeetingId();
    const job = next(id);
    const state = STATE_BEFORE[job.name];
    const { requestKey, origin, requestedBy, source, title, language, wishes, timeZone } = storable({
      ...given,
      tracks: [],
      utterances: [],
    });
    const [row] = await tx
      .insert(meetings)
      .values({
        id,
        requestKey,
        origin,
        requestedBy,
        source,
        title,
        language,
        wishes,
        heldAt: given.heldAt === null ? null : new Date(given.heldAt),
        timeZone,
        durationMs: given.durationMs,
        createdAt: options.clock.now(),
        stateKind: state.kind,
        state,
        stats: NO_STATS,
      })
      .onConflictDoNothing({ target: meetings.requestKey })
      .returning();
    if (row === undefined) return null;
    if (given.tracks.length > 0) {
      await tx.insert(tracks).values(
        storable(given.tracks).map(({ speaker, media, startMs, durationMs }, index) => ({
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place where such an id is made
          id: `${id}-t${index}` as TrackId,
          meetingId: id,
          index,
          speaker,
          media,
          mediaKey: media.key,
          startMs,
          durationMs,
        })),
      );
    }
    await insertUtterances(tx, id, withIds(id, given.utterances));
    await options.enqueue(tx, job);
    return meetingOf(row);
  };

  return {
    create: (given, next) =>
      onDatabase(async () => {
        const made = await tables.transaction((tx) => insert(tx, given, next));
        if (made !== null) return { meeting: made, created: true };
        const [row] = await tables
          .select()
          .from(meetings)
          .where(eq(meetings.requestKey, storable(given.requestKey)));
        if (row !== undefined) return { meeting: meetingOf(row), created: false };
        throw new Fault('database', 'unavailable', 'The same meeting was being deleted; try again.');
      }),

    get: (id) => onDatabase(() => byId(id)),

    find: (requestKey) =>
      onDatabase(async () => {
        const [row] = await tables
          .select()
          .from(meetings)
          .where(eq(meetings.requestKey, storable(requestKey)));
        return row === undefined ? null : meetingOf(row);
      }),

    list: (limit) =>
      onDatabase(async () => {
        const rows = await tables
          .select()
          .from(meetings)
          .orderBy(desc(meetings.createdAt), desc(meetings.sequence))
          .limit(limit);
        return rows.map(meetingOf);
      }),

    tracks: (id) =>
      onDatabase(async () => {
        const rows = await tables.select().from(tracks).where(eq(tracks.meetingId, id)).orderBy(tracks.index);
        return rows.map(trackOf);
      }),

    transcript: (id) =>
      onDatabase(async () => {
        const rows = await tables
          .select({
            id: utterances.id,
            trackId: utterances.trackId,
            speaker: utterances.speaker,
            startMs: utterances.startMs,
            endMs: utterances.endMs,
            text: utterances.text,
            language: utterances.language,
            words: utterances.words,
            confidence: utterances.confidence,
            estimated: utterances.estimated,
          })
          .from(utterances)
          .where(eq(utterances.meetingId, id));
        return transcriptOf(id, rows);
      }),

    minutes: (id) =>
      onDatabase(async () => {
        const [row] = await tables.select().from(minutes).where(eq(minutes.meetingId, id));
        return row?.minutes ?? null;
      }),

    heard: (trackId, batch) =>
      onDatabase(() =>
        tables.transaction(async (tx) => {
          // Locks the meeting before the track, as `advance` and `erase` do, and keeps its state until the commit.
          const [meeting] = await tx
            .select({
              id: meetings.id,
              state: meetings.stateKind,
              stats: meetings.stats,
              startMs: tracks.startMs,
              heardMs: tracks.heardMs,
            })
            .from(meetings)
            .innerJoin(tracks, eq(tracks.meetingId, meetings.id))
            .where(eq(tracks.id, trackId))
            .for('update', { of: meetings });
          if (meeting === undefined) throw new Fault('database', 'not-found', 'The meeting is no longer there.');
          if (meeting.state !== 'listening') return;
          await insertUtterances(tx, meeting.id, batch.utterances);
          const { durationMs, missed } = batch;
          if (missed !== undefined && batch.heardMs > meeting.heardMs) {
            await tx
              .update(meetings)
              .set({ stats: addMissed(meeting.stats, missed) })
              .where(eq(meetings.id, meeting.id));
          }
          await tx
            .update(tracks)
            .set({
              heardMs: sql`greatest(${tracks.heardMs}, ${batch.heardMs})`,
              ...(durationMs === undefined ? {} : { durationMs }),
            })
            .where(eq(tracks.id, trackId));
          if (durationMs === undefined) return;
          await tx
            .update(meetings)
            .set({ durationMs: sql`greatest(${meetings.durationMs}, ${meeting.startMs + durationMs})` })
            .where(eq(meetings.id, meeting.id));
        }),
      ),

    measured: (id, stats) =>
      onDatabase(() =>
        tables.transaction(async (tx) => {
          const [row] = await tx
            .select({ stats: meetings.stats })
            .from(meetings)
            .where(eq(meetings.id, id))
            .for('update');
          if (row === undefined) return;
          await tx
            .update(meetings)
            .set({ stats: addMeasured(row.stats, stats) })
            .where(eq(meetings.id, id));
        }),
      ),

    advance: (id, from, to, change) =>
      onDatabase(() =>
        tables.transaction(async (tx) => {
          const found = change.minutes === undefined ? undefined : storable(change.minutes);
          const [row] = await tx
            .update(meetings)
            .set({
              stateKind: to.kind,
              state: storable(to),
              ...(change.durationMs === undefined ? {} : { durationMs: change.durationMs }),
              ...(found === undefined ? {} : { title: sql`coalesce(${meetings.title}, ${found.title})` }),
            })
            .where(and(eq(meetings.id, id), eq(meetings.stateKind, from)))
            .returning();
          if (row === undefined) return 'already-moved';
          if (found !== undefined) {
            await tx
              .insert(minutes)
              .values({ meetingId: id, minutes: found })
              .onConflictDoUpdate({ target: minutes.meetingId, set: { minutes: found } });
          }
          if (change.next !== undefined) await options.enqueue(tx, change.next);
          return meetingOf(row);
        }),
      ),

    hold: (id) =>
      onDatabase(async () => {
        const client = await database.connect();
        const locked = await client
          .query<{ ours: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as ours', [LOCKS.hold, id])
          .catch(async (error: unknown) => {
            await client.end().catch(() => undefined);
            throw error;
          });
        if (locked.rows[0]?.ours !== true) {
          await client.end().catch(() => undefined);
          return null;
        }
        let released: Promise<void> | undefined;
        return {
          release() {
            // Unlocked by hand: the server may take a moment to notice that the session has ended.
            released ??= client
              .query('select pg_advisory_unlock($1, hashtext($2))', [LOCKS.hold, id])
              .then(() => client.end())
              .catch(() => client.end())
              .catch(() => undefined);
            return released;
          },
        };
      }),

    erase: (id) =>
      onDatabase(async () => {
        const gone = await tables.delete(meetings).where(eq(meetings.id, id)).returning({ id: meetings.id });
        return gone.length > 0;
      }),

    ownMedia: (id) =>
      onDatabase(async () => {
        const own = await tables
          .select({ media: tracks.media })
          .from(tracks)
          .where(eq(tracks.meetingId, id))
          .orderBy(tracks.index);
        const keys = own.map(({ media }) => media.key);
        const shared = await tables
          .selectDistinct({ key: tracks.mediaKey })
          .from(tracks)
          .where(and(inArray(tracks.mediaKey, keys), ne(tracks.meetingId, id)));
        const others = new Set(shared.map(({ key }) => key));
        // One recording may be several tracks of a meeting.
        return [...new Map(own.map(({ media }) => [media.key, media])).values()].filter(({ key }) => !others.has(key));
      }),
  };
}

/** Ids for what was said elsewhere. Of several utterances that start together, the later ones get a number. */
function withIds(id: MeetingId, given: NewMeeting['utterances']): readonly Utterance[] {
  const taken = new Map<UtteranceId, number>();
  return given.map((utterance) => {
    const first = utteranceId(id, 0, utterance.startMs);
    const count = (taken.get(first) ?? 0) + 1;
    taken.set(first, count);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the id above with a number is an id
    return { ...utterance, id: count === 1 ? first : (`${first}.${count}` as UtteranceId) };
  });
}

async function insertUtterances(tx: Transaction, meetingId: MeetingId, given: readonly Utterance[]): Promise<void> {
  for (let from = 0; from < given.length; from += ROWS_AT_ONCE) {
    const rows = given.slice(from, from + ROWS_AT_ONCE).map((utterance) => {
      const { id, trackId, speaker, startMs, endMs, text, language, words, confidence, estimated } =
        storable(utterance);
      const { terms, termCount } = searchColumns(text, speaker);
      return {
        id,
        meetingId,
        trackId,
        speaker,
        startMs,
        endMs,
        text,
        language,
        words: words ?? null,
        confidence: confidence ?? null,
        estimated: estimated ?? null,
        terms,
        termCount,
      };
    });
    await tx.insert(utterances).values(rows).onConflictDoNothing({ target: utterances.id });
  }
}
