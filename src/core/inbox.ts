import { createHash } from 'node:crypto';
import { personMay } from './access.ts';
import { checkAnswer } from './cite.ts';
import { Fault } from './faults.ts';
import type {
  Answer,
  Iso8601,
  Meeting,
  MeetingId,
  Minutes,
  MinutesWishes,
  Person,
  Place,
  Rendition,
  Transcript,
  Utterance,
} from './model.ts';
import { jobFor, stateBefore } from './pipeline.ts';
import { findEvidence } from './retrieval/find-evidence.ts';
import { createRewording, type Translated } from './rewording.ts';
import type {
  Analyst,
  AudioDecoder,
  ChatPlatform,
  Embeddings,
  Jobs,
  Log,
  MediaStore,
  Meetings,
  NewTrack,
  Next,
  PassageIndex,
  Progressing,
  Renditions,
  Rewriter,
  Search,
  SearchHit,
} from './ports.ts';

export interface InboxPorts {
  readonly meetings: Meetings;
  readonly media: MediaStore;
  readonly decoder: AudioDecoder;
  readonly jobs: Jobs;
  readonly search: Search;
  readonly passages: PassageIndex;
  readonly embeddings: Embeddings;
  readonly renditions: Renditions;
  /** Null: no language model is set. */
  readonly rewriter: Rewriter | null;
  readonly log: Pick<Log, 'error'>;
  readonly analyst: Analyst;
  readonly platforms: readonly ChatPlatform[];
}

export interface RecordingRequest {
  /** The same key is the same request: asked again, it gives the meeting that is already there. */
  readonly key: string;
  readonly origin: Place;
  readonly by: Person;
  readonly title: string | null;
  /** ISO 639-1; null: detect it per stretch. */
  readonly language: string | null;
  readonly wishes: MinutesWishes;
  /** When it took place; null: now. */
  readonly heldAt: Iso8601 | null;
  /** IANA time zone name. */
  readonly timeZone: string;
  /** Recordings that start together. `speaker` null: a mix of voices. */
  readonly tracks: readonly {
    readonly speaker: Person | null;
    readonly mediaType: string;
    readonly open: () => AsyncIterable<Uint8Array>;
  }[];
}
export interface TranscriptRequest {
  readonly key: string;
  readonly origin: Place;
  readonly by: Person;
  readonly title: string | null;
  readonly language: string | null;
  readonly wishes: MinutesWishes;
  readonly heldAt: Iso8601 | null;
  readonly timeZone: string;
  readonly utterances: readonly Omit<Utterance, 'id' | 'trackId'>[];
}
export interface Taken {
  readonly meeting: Meeting;
  /** False when the same request had been made before. */
  readonly created: boolean;
}
export interface MeetingInFull {
  readonly meeting: Meeting;
  readonly transcript: Transcript;
  /** Null until they are written. */
  readonly minutes: Minutes | null;
}
export interface Progress {
  readonly meeting: Meeting;
  /** Share of the current stage that is done, 0 to 1; null when it cannot be known. */
  readonly share: number | null;
}

/** Everything a platform may ask of the core: the only way in. A meeting one may not read is as good as absent. */
export interface Inbox {
  /** The meeting that this request made before, if it did. */
  known(key: string): Promise<Meeting | null>;
  /** Throws Fault `bad-input` when a recording cannot be used; nothing is kept of it then. */
  transcribe(request: RecordingRequest, signal: AbortSignal): Promise<Taken>;
  importTranscript(request: TranscriptRequest): Promise<Taken>;
  /** Puts a meeting that stopped, or whose process died, back to work where it stopped. */
  resume(id: MeetingId): Promise<void>;
  /** Takes the meeting's waiting jobs out of line; `resume` brings them back. */
  pause(id: MeetingId): Promise<void>;
  progress(id: MeetingId): Promise<Progress | null>;
  list(by: Person, limit: number): Promise<readonly Meeting[]>;
  show(id: MeetingId, by: Person): Promise<MeetingInFull | null>;
  find(
    query: string,
    by: Person,
    options: { readonly meetingId: MeetingId | null; readonly limit: number },
  ): Promise<readonly SearchHit[]>;
  ask(
    question: string,
    by: Person,
    options: { readonly meetingId: MeetingId | null },
    signal: AbortSignal,
  ): Promise<Answer>;
  /**
   * The transcript and the minutes in `language` (ISO 639-1), made once and kept; null when there is no such meeting for
   * this person. Throws Fault `bad-input` when no language model is set, and those of the model.
   */
  translate(
    id: MeetingId,
    by: Person,
    language: string,
    progress: Progressing,
    signal: AbortSignal,
  ): Promise<Translated | null>;
  /** The transcript as written language, made once and kept; otherwise as `translate`. */
  polish(id: MeetingId, by: Person, progress: Progressing, signal: AbortSignal): Promise<Rendition | null>;
  /** Resolves false when there is no such meeting for this person. Deleting is a job: `show` is null once it is done. */
  forget(id: MeetingId, by: Person): Promise<boolean>;
}

export function createInbox(ports: InboxPorts): Inbox {
  const { meetings, media, jobs } = ports;
  const rewording = createRewording(ports);

  async function readable(id: MeetingId, by: Person): Promise<Meeting | null> {
    const meeting = await meetings.get(id);
    return meeting !== null && (await personMay(ports.platforms, by, 'read', meeting)) ? meeting : null;
  }

  async function readableHits(hits: readonly SearchHit[], by: Person): Promise<readonly SearchHit[]> {
    const allowed = new Set<MeetingId>();
    for (const id of new Set(hits.map(({ meetingId }) => meetingId)))
      if ((await readable(id, by)) !== null) allowed.add(id);
    return hits.filter((hit) => allowed.has(hit.meetingId));
  }

  async function search(
    query: string,
    by: Person,
    options: { readonly meetingId: MeetingId | null; readonly limit: number },
  ): Promise<readonly SearchHit[]> {
    const meetingIds = options.meetingId === null ? null : [options.meetingId];
    const hits = await ports.search.search(query, { meetingIds, match: 'all', limit: options.limit });
    return readableHits(hits, by);
  }

  async function inFull(id: MeetingId, by: Person): Promise<MeetingInFull | null> {
    const meeting = await readable(id, by);
    if (meeting === null) return null;
    const [transcript, minutes] = await Promise.all([meetings.transcript(id), meetings.minutes(id)]);
    return { meeting, transcript, minutes };
  }

  return {
    known: (key) => meetings.find(key),

    async transcribe(request, signal) {
      const known = await meetings.find(request.key);
      if (known !== null) return { meeting: known, created: false };
      const tracks: NewTrack[] = [];
      try {
        for (const [index, track] of request.tracks.entries()) {
          const ref = await media.put(`recordings/${fileNameFor(request.key)}/${index}`, track.mediaType, track.open());
          tracks.push({ speaker: track.speaker, media: ref, startMs: 0, durationMs: null });
          const file = await media.localFile(ref, signal);
          try {
            const { durationMs } = await ports.decoder.probe(file.path, signal);
            tracks[index] = { speaker: track.speaker, media: ref, startMs: 0, durationMs };
          } finally {
            await file.release();
          }
        }
      } catch (error) {
        await Promise.all(tracks.map((track) => media.delete(track.media)));
        throw error;
      }
      return meetings.create(
        {
          requestKey: request.key,
          origin: request.origin,
          requestedBy: request.by,
          source: 'file',
          title: request.title,
          language: request.language,
          wishes: request.wishes,
          heldAt: request.heldAt,
          timeZone: request.timeZone,
          durationMs: Math.max(0, ...tracks.map((track) => track.durationMs ?? 0)),
          tracks,
          utterances: [],
        },
        (id) => jobFor('listen', { id, origin: request.origin }),
      );
    },

    async importTranscript(request) {
      return meetings.create(
        {
          requestKey: request.key,
          origin: request.origin,
          requestedBy: request.by,
          source: 'transcript',
          title: request.title,
          language: request.language,
          wishes: request.wishes,
          heldAt: request.heldAt,
          timeZone: request.timeZone,
          durationMs: request.utterances.reduce((end, utterance) => Math.max(end, utterance.endMs), 0),
          tracks: [],
          utterances: request.utterances.map((utterance) => ({ ...utterance, trackId: null })),
        },
        (id) => jobFor('understand', { id, origin: request.origin }),
      );
    },

    async resume(id) {
      const meeting = await meetings.get(id);
      if (meeting === null || meeting.state.kind === 'posted') return;
      // Whoever holds the meeting is at work on it; a job restarted under them would only wait in line.
      const hold = await meetings.hold(id);
      if (hold === null) return;
      try {
        if (meeting.state.kind === 'failed') {
          const { resumeFrom } = meeting.state;
          const next = jobFor(resumeFrom, meeting);
          await meetings.advance(id, 'failed', stateBefore(resumeFrom), {});
          await jobs.restart(next);
        } else {
          await jobs.restart(jobFor(STAGE_OF[meeting.state.kind], meeting));
        }
      } finally {
        await hold.release();
      }
    },

    pause: (id) => jobs.cancel(id),

    async progress(id) {
      const meeting = await meetings.get(id);
      if (meeting === null) return null;
      if (meeting.state.kind !== 'listening') return { meeting, share: null };
      const tracks = await meetings.tracks(id);
      const whole = tracks.reduce((sum, track) => sum + (track.durationMs ?? 0), 0);
      const known = whole > 0 && tracks.every((track) => track.durationMs !== null);
      const heard = tracks.reduce((sum, track) => sum + track.heardMs, 0);
      return { meeting, share: known ? Math.min(1, heard / whole) : null };
    },

    async list(by, limit) {
      const all = await meetings.list(limit);
      const allowed = await Promise.all(all.map((meeting) => personMay(ports.platforms, by, 'read', meeting)));
      return all.filter((_, index) => allowed[index]);
    },

    show: inFull,

    find: search,

    async ask(question, by, options, signal) {
      const scope = {
        meetingId: options.meetingId,
        readable: async (id: MeetingId) => (await readable(id, by)) !== null,
      };
      const { passages, complete } = await findEvidence(ports, question, scope, signal);
      const answer = await ports.analyst.answer({ question, evidence: passages, complete }, signal);
      const { usage } = answer.by;
      const paidBy = options.meetingId ?? passages[0]?.meetingId;
      if (usage !== undefined && paidBy !== undefined) await meetings.measured(paidBy, { usage });
      return checkAnswer(answer, passages);
    },

    async translate(id, by, language, progress, signal) {
      const found = await inFull(id, by);
      return found === null ? null : rewording.translate(found, language, progress, signal);
    },

    async polish(id, by, progress, signal) {
      const found = await inFull(id, by);
      return found === null ? null : rewording.polish(found.transcript, progress, signal);
    },

    async forget(id, by) {
      const meeting = await readable(id, by);
      if (meeting === null) return false;
      if (!(await personMay(ports.platforms, by, 'erase', meeting))) {
        throw new Fault('inbox', 'forbidden', 'You may read this meeting but not delete it.');
      }
      await jobs.cancel(id);
      const job: Next = { name: 'forget', payload: { meetingId: id } };
      await jobs.enqueue(job);
      return true;
    },
  };
}

const STAGE_OF = { listening: 'listen', understanding: 'understand', posting: 'post' } as const;

/** A request key as one path segment: keys may hold what a chat platform or a user wrote. */
function fileNameFor(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}
