/** The verbs others implement. Types only; each port has a contract suite in test/contract/. */
import type { ZodType } from 'zod';
import type {
  Answer,
  FaultRecord,
  Iso8601,
  MediaRef,
  Meeting,
  MeetingId,
  MeetingKind,
  MeetingSource,
  MeetingState,
  MeetingStats,
  Minutes,
  MinutesWishes,
  Ms,
  Person,
  Place,
  PostedRef,
  Rendition,
  Stretch,
  SuppressionReason,
  Template,
  Track,
  TrackId,
  Transcript,
  Utterance,
  Usage,
  UtteranceId,
  Word,
} from './model.ts';

/** What a finished unit of work means, before any platform has rendered it. */
export interface Post {
  readonly kind: 'minutes';
  readonly meeting: Meeting;
  readonly minutes: Minutes;
  readonly transcript: Transcript;
}

export interface ChatPlatform {
  /** Equals `Place.platform` of everything on it. */
  readonly name: string;
  /**
   * Render and send. A retried job with the same key never posts twice: the same reference comes back.
   * Throws Fault `rate-limited`, `unavailable`, `forbidden` or `not-found`.
   */
  post(
    to: Place,
    post: Post,
    options: { readonly idempotencyKey: string; readonly signal: AbortSignal },
  ): Promise<PostedRef>;
  /** Deletes what `post` made for the meeting; resolves also when nothing is left to delete. */
  unpost(ref: PostedRef, signal: AbortSignal): Promise<void>;
  /** Only the platform knows its own permissions; asked on every read, never cached. False for places it does not know. */
  may(person: Person, act: 'read' | 'record' | 'erase', place: Place): Promise<boolean>;
}

/** Threads of a platform that has no server of its own. Appending with a known key changes nothing. */
export interface ThreadStore {
  append(threadId: string, key: string, messages: readonly [ThreadMessage, ...ThreadMessage[]]): Promise<void>;
  /** In order of appending; empty when there is no such thread. */
  read(threadId: string): Promise<readonly ThreadMessage[]>;
  delete(threadId: string): Promise<void>;
}
export interface ThreadMessage {
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly mediaType: string; readonly content: string }[];
}

/** Speech to text for one stretch of speech. PCM is 16 kHz mono in [-1, 1]. */
export interface Transcriber {
  /** Provider and model, e.g. `whisper/base`; part of a transcript's provenance. */
  readonly name: string;
  /** Longest segment it takes, in milliseconds. */
  readonly maxSegmentMs: Ms;
  /** Segments worth handing over at once; more only wait in line. */
  readonly concurrency: number;
  /** Throws Fault; `bad-output` when the model's answer cannot be used. */
  transcribe(pcm: Float32Array, options: TranscribeOptions): Promise<Hearing>;
  close(): Promise<void>;
}
export interface TranscribeOptions {
  /** ISO 639-1; absent: detect it from this segment. */
  readonly language?: string;
  /** Language heard just before on this track: taken when this segment alone is too short to tell. */
  readonly likelyLanguage?: string;
  /** Names and terms to expect. */
  readonly glossary: readonly string[];
  readonly signal: AbortSignal;
}
export interface Hearing {
  /** Empty when nothing was said or the words were withheld. */
  readonly text: string;
  readonly language: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** On the segment's own clock (0 = its first sample). Absent when the model gives none. */
  readonly words?: readonly Word[];
  /** Why words were withheld; absent when `text` is what was heard. */
  readonly suppressed?: SuppressionReason;
}

/** Opens recordings. Throws Fault `bad-input` with a sentence for the user, `unavailable` without a decoder. */
export interface AudioDecoder {
  probe(path: string, signal: AbortSignal): Promise<AudioProbe>;
  /** 16 kHz mono PCM in [-1, 1] in chunks of any size, from the start to the last sample that can be decoded. */
  decode(path: string, signal: AbortSignal): AsyncIterable<Float32Array>;
}
export interface AudioProbe {
  /** Null when the container does not say. */
  readonly durationMs: Ms | null;
  readonly hasVideo: boolean;
}

/** Tells speech from everything else. One stream per track; frames must be given in order. */
export interface SpeechDetector {
  /** Samples per frame at 16 kHz. */
  readonly frameSamples: number;
  open(): SpeechStream;
}
export interface SpeechStream {
  /** Probability that the frame holds speech, 0 to 1. */
  accept(frame: Float32Array): Promise<number>;
}

/** Turns what was said into meaning. `extractive` needs no model. */
export interface Analyst {
  readonly name: string;
  minutes(transcript: Transcript, brief: Brief, signal: AbortSignal): Promise<Minutes>;
  answer(inquiry: Inquiry, signal: AbortSignal): Promise<Answer>;
}
export interface Brief {
  /** The requester's title; null: find one. */
  readonly title: string | null;
  /** End of the recording: the last chapter ends there. */
  readonly durationMs: Ms;
  readonly now: Iso8601;
  readonly heldAt: Iso8601;
  /** IANA time zone name. */
  readonly timeZone: string;
  /** ISO 639-1; null: the transcript's own. An analyst that cannot translate writes in the transcript's. */
  readonly language: string | null;
  /** The template asked for; null: the one in `templates` for the kind of recording. */
  readonly template: Template | null;
  /** One for each kind of recording. */
  readonly templates: Readonly<Record<MeetingKind, Template>>;
}
/** The templates this installation has. */
export interface Templates {
  /** Null: there is no such template. */
  named(name: string): Template | null;
  readonly byKind: Readonly<Record<MeetingKind, Template>>;
  readonly all: readonly Template[];
}
export interface Inquiry {
  readonly question: string;
  /** Passages found for the question, each a run of neighbouring utterances of one meeting, best first. */
  readonly evidence: readonly Transcript[];
  /** The evidence is everything that was said: only then can "nobody said so" and "how often" be answered. */
  readonly complete: boolean;
}

/** Reads dates in people's words. */
export interface DateReader {
  /**
   * The one day `text` names, looking forward from `heldAt` as clocks in `timeZone` (IANA) show it: `YYYY-MM-DD`.
   * Null when it names none, or several. `language`: ISO 639-1.
   */
  resolve(
    text: string,
    options: { readonly heldAt: Iso8601; readonly timeZone: string; readonly language: string },
  ): string | null;
}

/** A chat model that replies in JSON of a given shape. */
export interface LanguageModel {
  /** Provider and model, e.g. `openai/gpt-5-mini`. */
  readonly name: string;
  /** Tokens that request and reply may have together. */
  readonly contextTokens: number;
  /** Never fewer than the model counts. */
  countTokens(text: string): number;
  /**
   * One request; what is transient is retried inside, within bounds. Throws Fault `rate-limited`, `unavailable`
   * (after those retries, or a time limit), `forbidden` (key or credit; never retried), `bad-input` (the request does
   * not fit), or the signal's reason.
   */
  complete<T>(request: Completion<T>, signal: AbortSignal): Promise<Completed<T>>;
}
export interface Completion<T> {
  /** What holds for every request: byte-identical between calls, so that providers' prompt caches hit. */
  readonly instructions: string;
  /** What people said and wrote: fenced, numbered, untrusted. Sent before the task, byte-identical between calls about it. */
  readonly material: string;
  /** What is wanted of the material this time. */
  readonly task: string;
  /** Lower-case words and underscores. */
  readonly schemaName: string;
  readonly schema: ZodType<T>;
  readonly maxOutputTokens: number;
}
/** `truncated`: the reply hit its limit. `malformed`: it is not JSON of the shape. `refused`: the model or a filter declined. */
export type Completed<T> =
  | { readonly kind: 'complete'; readonly value: T; readonly usage: Usage }
  | { readonly kind: 'truncated' | 'malformed' | 'refused'; readonly usage: Usage };

/** Puts a transcript or minutes into other words, line by line. Only language models can. */
export interface Rewriter {
  /** Provider and model. */
  readonly name: string;
  /** Every utterance once, in `language` (ISO 639-1). Throws Fault when the model cannot be had at all. */
  translate(transcript: Transcript, language: string, progress: Progressing, signal: AbortSignal): Promise<Rendition>;
  /** The same minutes with the same citations in `language`. Items that came back unusable stay as they were. */
  translateMinutes(minutes: Minutes, transcript: Transcript, language: string, signal: AbortSignal): Promise<Minutes>;
  /** Spoken to written (口语书面化): meaning, language and ids stay. */
  polish(transcript: Transcript, progress: Progressing, signal: AbortSignal): Promise<Rendition>;
}
/** Told the share of the work that is done, 0 to 1. */
export type Progressing = (share: number) => void;

/** Turns texts into unit-length vectors whose dot product says how alike their meaning is. */
export interface Embedder {
  /** Provider and model, e.g. `minilm/all-MiniLM-L6-v2`: vectors of different names must never be compared. */
  readonly name: string;
  readonly dimensions: number;
  /** Whether texts of this language (ISO 639-1) come out usefully. */
  covers(language: string): boolean;
  /** One vector per text, in order. Texts longer than the model reads are cut by the model. Throws Fault, or the signal's reason. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}

/** An embedder that remembers what it embedded for a meeting, until that meeting is forgotten. */
export interface Embeddings {
  /** See `Embedder.name`. */
  readonly name: string;
  readonly dimensions: number;
  covers(language: string): boolean;
  /** One unit-length vector per text, in order. `meetingId` null: texts of no meeting, such as a question; not kept. */
  of(meetingId: MeetingId | null, texts: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]>;
}

export interface MediaStore {
  /** Durable when it resolves; nothing is left behind when it rejects. Same key, same content: harmless. */
  put(key: string, mediaType: string, body: AsyncIterable<Uint8Array>): Promise<MediaRef>;
  /** Throws Fault `not-found`. */
  open(ref: MediaRef): Promise<AsyncIterable<Uint8Array>>;
  /** A path that can be read and seeked until `release` is called. Throws Fault `not-found`. */
  localFile(ref: MediaRef, signal: AbortSignal): Promise<{ readonly path: string; release(): Promise<void> }>;
  /** Resolves also when there is nothing to delete. */
  delete(ref: MediaRef): Promise<void>;
}

export interface NewTrack {
  readonly speaker: Person | null;
  readonly media: MediaRef;
  readonly startMs: Ms;
  readonly durationMs: Ms | null;
}
export interface NewMeeting {
  /** Same request, same meeting: a second `create` with this key returns the first one. */
  readonly requestKey: string;
  readonly origin: Place;
  readonly requestedBy: Person;
  readonly source: MeetingSource;
  readonly title: string | null;
  readonly language: string | null;
  readonly wishes: MinutesWishes;
  /** Null: now. */
  readonly heldAt: Iso8601 | null;
  readonly timeZone: string;
  readonly durationMs: Ms;
  readonly tracks: readonly NewTrack[];
  /** For imported transcripts: everything that was said. Ids are given by the store's caller through `utteranceId`. */
  readonly utterances: readonly Omit<Utterance, 'id'>[];
}
/** A job that is enqueued in the same transaction as the change that calls for it. */
export type Next = { readonly [N in keyof JobMap]: { readonly name: N; readonly payload: JobMap[N] } }[keyof JobMap];

/** The durable record. Every change is a transaction; a state changes only from the state the caller saw. */
export interface Meetings {
  create(
    meeting: NewMeeting,
    next: (id: MeetingId) => Next,
  ): Promise<{ readonly meeting: Meeting; readonly created: boolean }>;
  get(id: MeetingId): Promise<Meeting | null>;
  /** The meeting made for this request, if it was made. */
  find(requestKey: string): Promise<Meeting | null>;
  /** Newest first. */
  list(limit: number): Promise<readonly Meeting[]>;
  tracks(id: MeetingId): Promise<readonly Track[]>;
  transcript(id: MeetingId): Promise<Transcript>;
  minutes(id: MeetingId): Promise<Minutes | null>;
  /**
   * Utterances up to `heardMs` of one track, with the watermark, in one transaction. Utterances already there are
   * left alone and a watermark never goes back, so a batch may be given twice. `durationMs` once the end is known.
   * `missed`, when the batch's segment gave no words: why, or where what was said is missing; counted with the watermark.
   */
  heard(
    trackId: TrackId,
    batch: {
      readonly utterances: readonly Utterance[];
      readonly heardMs: Ms;
      readonly durationMs?: Ms;
      readonly missed?: SuppressionReason | Stretch;
    },
  ): Promise<void>;
  /** Adds up the times spent; raises every other figure to the one given. */
  measured(id: MeetingId, stats: Partial<Omit<MeetingStats, 'suppressed' | 'unheard'>>): Promise<void>;
  /** Compare-and-set; the change and the next job commit together or not at all. */
  advance(
    id: MeetingId,
    from: MeetingState['kind'],
    to: MeetingState,
    change: { readonly minutes?: Minutes; readonly durationMs?: Ms; readonly next?: Next },
  ): Promise<Meeting | 'already-moved'>;
  /** Exclusive right to work on a meeting, gone by itself when the process dies. Null: somebody else has it. */
  hold(id: MeetingId): Promise<{ release(): Promise<void> } | null>;
  /** Everything about the meeting but its media. Resolves false when there was nothing. */
  erase(id: MeetingId): Promise<boolean>;
  /** Keys of media that no other meeting uses. */
  ownMedia(id: MeetingId): Promise<readonly MediaRef[]>;
}

/** Transcripts and minutes in other words or languages; gone with their meeting. Writing the same thing again replaces it. */
export interface Renditions {
  /** Does nothing when the meeting is gone. */
  keep(rendition: Rendition): Promise<void>;
  find(meetingId: MeetingId, kind: Rendition['kind'], language: string): Promise<Rendition | null>;
  /** Kept under `minutes.language`. Does nothing when the meeting is gone. */
  keepMinutes(minutes: Minutes): Promise<void>;
  minutes(meetingId: MeetingId, language: string): Promise<Minutes | null>;
}

/** Finds passages by what they mean, over all meetings; gone with their meeting. */
export interface PassageIndex {
  /** Replaces what is known of the meeting. `vectors`: one per passage, in the order of `passageRuns`. Nothing happens when the meeting is gone. */
  put(meetingId: MeetingId, embedder: string, vectors: readonly Float32Array[]): Promise<void>;
  /** The passages likest to the vector, likest first, roughly: they have yet to be read and ranked. `meetingIds` null: all. */
  nearest(
    vector: Float32Array,
    options: {
      readonly embedder: string;
      readonly meetingIds: readonly MeetingId[] | null;
      readonly limit: number;
    },
  ): Promise<readonly { readonly meetingId: MeetingId; readonly number: number }[]>;
}

export interface SearchHit {
  readonly meetingId: MeetingId;
  readonly utteranceIds: readonly UtteranceId[];
  readonly startMs: Ms;
  readonly text: string;
  /** Higher is better; comparable within one result only. */
  readonly score: number;
}
export interface Search {
  /**
   * Best first. `meetingIds` null: all. `match`: every word of the query must be there (`all`, for people's searches),
   * or the more the better (`any`, for questions).
   */
  search(
    query: string,
    options: {
      readonly meetingIds: readonly MeetingId[] | null;
      readonly match: 'all' | 'any';
      readonly limit: number;
    },
  ): Promise<readonly SearchHit[]>;
}

/** Job payloads are ids; the queue never holds audio or text. */
export interface JobMap {
  listen: { readonly meetingId: MeetingId };
  understand: { readonly meetingId: MeetingId };
  /** `platform` names the queue: only a process that has that platform takes the job. */
  post: { readonly meetingId: MeetingId; readonly platform: string };
  forget: { readonly meetingId: MeetingId };
}
export type JobHandlers = {
  readonly [N in keyof JobMap]: (payload: JobMap[N], signal: AbortSignal) => Promise<JobOutcome>;
};
/** `again`: not now (somebody else holds the meeting); ask once more later, without counting a failure. */
export type JobOutcome = 'done' | { readonly again: { readonly afterMs: Ms } };
export interface Jobs {
  enqueue(job: Next): Promise<void>;
  /**
   * Takes jobs until stopped. `platforms`: whose posts it may send. `only`: takes this meeting's jobs and no others.
   * A handler that throws a retryable Fault is tried again with backoff; `failed` is told when no try is left, or at
   * once for a Fault that is not retryable, and the job then goes to the dead letters.
   */
  work(
    handlers: JobHandlers,
    options: {
      readonly platforms: readonly string[];
      readonly only?: MeetingId;
      readonly failed: (job: Next, fault: FaultRecord) => Promise<void>;
    },
  ): Promise<{
    /** Aborts what is running, hands it back without counting a failure, and resolves when idle. */ stop(): Promise<void>;
  }>;
  /** Puts a stage's job back in line, whether lost, failed or waiting for a retry; never makes a second one. */
  restart(job: Next): Promise<void>;
  /** Takes the meeting's waiting jobs out of the queue. */
  cancel(id: MeetingId): Promise<void>;
  deadLetters(limit: number): Promise<
    readonly {
      readonly name: string;
      readonly meetingId: string;
      readonly failedAt: Iso8601;
      readonly message: string;
    }[]
  >;
}

export interface Clock {
  now(): Date;
  /** Rejects with the signal's reason when aborted. */
  sleep(ms: Ms, signal?: AbortSignal): Promise<void>;
}
/** Fields are ids, counts, durations, kinds. There is no parameter for what people said. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fault: unknown, fields?: LogFields): void;
}
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;
