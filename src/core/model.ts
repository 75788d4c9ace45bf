/** The nouns. Types only. Times are integer milliseconds on the meeting clock unless a name says otherwise. */

/** Wall-clock time, UTC, as `2026-11-23T18:00:00.000Z`. */
export type Iso8601 = string;
/** Integer milliseconds on the meeting clock: 0 is the first sound, or the start of the file. */
export type Ms = number;
export type Brand<T, B extends string> = T & { readonly __brand: B };
export type MeetingId = Brand<string, 'MeetingId'>;
export type TrackId = Brand<string, 'TrackId'>;
/** Unique over all meetings, and the same again whenever the same stretch of the same track is heard again. */
export type UtteranceId = Brand<string, 'UtteranceId'>;

/** Where on a chat platform something is. The core never parses these strings. */
export interface Place {
  readonly platform: string;
  readonly workspaceId: string;
  readonly channelId: string;
  readonly threadId?: string;
}
export interface Person {
  readonly platform: string;
  readonly id: string;
  readonly displayName: string;
}
export interface PostedRef extends Place {
  readonly messageId: string;
  readonly permalink: string;
}

/** `voice`: a live call. `file`: a recording. `transcript`: written elsewhere and imported. */
export type MeetingSource = 'voice' | 'file' | 'transcript';
export type MeetingKind = 'meeting' | 'interview' | 'lecture';
/** The steps a meeting goes through, in order; each is one durable job. */
export type Stage = 'listen' | 'understand' | 'post';
export interface FaultRecord {
  readonly source: string;
  readonly kind: string;
  readonly retryable: boolean;
  readonly message: string;
}
export type MeetingState =
  | { readonly kind: 'listening' }
  | { readonly kind: 'understanding' }
  | { readonly kind: 'posting' }
  | { readonly kind: 'posted'; readonly at: PostedRef }
  | { readonly kind: 'failed'; readonly fault: FaultRecord; readonly resumeFrom: Stage };

/** What was counted and measured while a meeting was worked on. Absent figures are zero. */
export interface MeetingStats {
  /** Length of the longest track. */
  readonly audioMs: Ms;
  /** Speech found by the voice activity detector, summed over tracks. */
  readonly speechMs: Ms;
  /** Wall time spent listening, summed over resumptions. */
  readonly listenMs: number;
  readonly understandMs: number;
  /** Highest resident set size of the process that listened, in bytes. */
  readonly peakRssBytes: number;
  /** Segments given to the transcriber. */
  readonly segments: number;
  /** Segments whose words were withheld, by reason. */
  readonly suppressed: Readonly<Record<SuppressionReason, number>>;
  /** Stretches that could not be transcribed, on the meeting clock: what was said there is missing. */
  readonly unheard: readonly Stretch[];
  /** What language models took for this meeting, answers and translations included. */
  readonly usage: Usage;
}
/** What language models were given and gave, as their servers counted it. */
export interface Usage {
  readonly calls: number;
  readonly inputTokens: number;
  /** Of the input tokens, those that the provider had cached. */
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  /** In US dollars by the configured price table; null when a model in it has no price. */
  readonly costUsd: number | null;
}
export interface Stretch {
  readonly startMs: Ms;
  readonly endMs: Ms;
}
/** Why the words of a segment were withheld: the recogniser itself doubted that there was speech, or looped. */
export type SuppressionReason = 'no-speech' | 'low-confidence' | 'repetition' | 'empty';

/** How somebody wants minutes written. */
export interface MinutesWishes {
  /** Name of a template; null: the one of the kind of recording. */
  readonly template: string | null;
  /** ISO 639-1; null: the language that was spoken. */
  readonly language: string | null;
}

export interface Meeting {
  readonly id: MeetingId;
  readonly origin: Place;
  readonly requestedBy: Person;
  readonly source: MeetingSource;
  /** Given by the requester; null until the analyst has found one. */
  readonly title: string | null;
  /** ISO 639-1 code the requester asked for; null: detect it per stretch. */
  readonly language: string | null;
  /** How the requester wants the minutes. */
  readonly wishes: MinutesWishes;
  /** When it took place: what "next Friday" is counted from. The moment of the request unless somebody said otherwise. */
  readonly heldAt: Iso8601;
  /** IANA name of the time zone in which its dates are meant, e.g. `Europe/Berlin`. */
  readonly timeZone: string;
  /** End of the longest track; 0 until known. */
  readonly durationMs: Ms;
  readonly createdAt: Iso8601;
  readonly state: MeetingState;
  readonly stats: MeetingStats;
}

/** One recording: one speaker's voice, or a mix. `startMs` places its sample 0 on the meeting clock. */
export interface Track {
  readonly id: TrackId;
  readonly meetingId: MeetingId;
  /** Position among the meeting's tracks, from 0. */
  readonly index: number;
  /** Null: a mix of unknown voices. */
  readonly speaker: Person | null;
  readonly media: MediaRef;
  readonly startMs: Ms;
  /** Length of the recording; null when the container does not say, until it has been heard to the end. */
  readonly durationMs: Ms | null;
  /** Watermark on the track's own clock (0 = its sample 0): everything before this is already utterances. */
  readonly heardMs: Ms;
}
export interface MediaRef {
  /** Key in the media store. */
  readonly key: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export interface Word {
  readonly text: string;
  readonly startMs: Ms;
  readonly endMs: Ms;
}
/** `voice` is somebody told apart by sound alone; `unnamed` is a mix in which nobody was told apart. */
export type Speaker =
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'voice'; readonly label: string }
  | { readonly kind: 'unnamed' };
export interface Utterance {
  readonly id: UtteranceId;
  /** Null for imported transcripts. */
  readonly trackId: TrackId | null;
  readonly speaker: Speaker;
  readonly startMs: Ms;
  readonly endMs: Ms;
  readonly text: string;
  /** ISO 639-1. */
  readonly language: string;
  /** On the meeting clock; absent when the transcriber gives none. */
  readonly words?: readonly Word[];
  /** 0 to 1; absent when nobody measured it. */
  readonly confidence?: number;
  /** True when the times were not in the source and were estimated from the length of the text. */
  readonly estimated?: boolean;
}
export interface Transcript {
  readonly meetingId: MeetingId;
  /** The language most of the text is in, ISO 639-1; `und` when nobody spoke. */
  readonly language: string;
  /** Ordered by startMs, then id. */
  readonly utterances: readonly Utterance[];
}

/** Who made this: on everything a model or an algorithm wrote. */
export interface Provenance {
  readonly provider: string;
  readonly model: string;
  readonly promptVersion?: string;
  /** `at` of what this was made from, on translations; absent on what was made from the transcript. */
  readonly of?: Iso8601;
  /** Who wrote what this is a translation of; absent where that was not kept. */
  readonly original?: { readonly provider: string; readonly model: string };
  /** Absent when no language model was asked. */
  readonly usage?: Usage;
  readonly at: Iso8601;
}
/** A claim's evidence: always utterances, never free-text times. */
export interface Citation {
  readonly utteranceIds: readonly [UtteranceId, ...UtteranceId[]];
  readonly startMs: Ms;
  readonly endMs: Ms;
}
export interface Cited {
  readonly text: string;
  readonly citations: readonly [Citation, ...Citation[]];
}
/** Chapters tile the meeting: each ends where the next starts. */
export interface Chapter extends Cited {
  readonly title: string;
  /** What was said in it, point by point, in order; the leaves of the mind map. May be empty. */
  readonly points: readonly Cited[];
  readonly startMs: Ms;
  readonly endMs: Ms;
}
/** `owner` and `dueText` are null when nobody said; never guessed. `dueText` is verbatim. */
export interface ActionItem extends Cited {
  readonly owner: string | null;
  readonly dueText: string | null;
  /** `dueText` as `YYYY-MM-DD`, counted from when and where the meeting took place; null when it names no one day. */
  readonly dueDate: string | null;
}
export interface QuestionAnswered {
  readonly question: Cited;
  readonly askedBy: Speaker;
  /** Null: left open. */
  readonly answer: Cited | null;
  /** Null exactly when `answer` is. */
  readonly answeredBy: Speaker | null;
}
/** The parts of minutes that every analyst knows. `questions` are those that were answered. */
export type MinutesPart =
  | 'summary'
  | 'key-moments'
  | 'chapters'
  | 'decisions'
  | 'actions'
  | 'questions'
  | 'open-questions'
  | 'speakers'
  | 'keywords'
  | 'mind-map';
/** A section that a template asks for beyond the known parts. */
export interface CustomSection {
  readonly heading: string;
  /** What belongs there, for who writes it. */
  readonly instruction: string;
  /** Words and phrases that give such a passage away; for analysts that cannot follow an instruction. */
  readonly cues: readonly string[];
}
export type TemplateSection =
  | { readonly part: MinutesPart; readonly heading: string | null }
  | ({ readonly part: 'custom' } & CustomSection);
/** What minutes of a certain kind of talk look like. */
export interface Template {
  readonly name: string;
  /** The kind of recording it is for; null: any. */
  readonly kind: MeetingKind | null;
  readonly sections: readonly [TemplateSection, ...TemplateSection[]];
  readonly tone: string | null;
  readonly length: 'short' | 'medium' | 'long';
}
/** A section of minutes, in the order shown. `heading` null: the usual one in the minutes' language. */
export type MinutesSection =
  | { readonly part: MinutesPart; readonly heading: string | null }
  | { readonly part: 'custom'; readonly heading: string; readonly items: readonly Cited[] };
/** A part that came from another analyst than the rest, because the one that was asked failed there. */
export interface Fallback {
  readonly part: MinutesPart | 'custom' | 'all';
  /** The Fault's kind, e.g. `unavailable`. */
  readonly reason: string;
}
export interface SpeakerSummary {
  readonly speaker: Speaker;
  readonly points: readonly Cited[];
  readonly spokeMs: Ms;
}
export interface Minutes {
  readonly meetingId: MeetingId;
  readonly kind: MeetingKind;
  /** Language the minutes are written in, ISO 639-1; `und` when nobody spoke. */
  readonly language: string;
  /** Name of the template they follow. */
  readonly template: string;
  /** Which parts are shown, and in which order. */
  readonly sections: readonly MinutesSection[];
  readonly title: string;
  readonly summary: readonly Cited[];
  /** The few moments to replay, in order. */
  readonly keyMoments: readonly Cited[];
  readonly chapters: readonly Chapter[];
  readonly decisions: readonly Cited[];
  readonly actions: readonly ActionItem[];
  readonly questions: readonly QuestionAnswered[];
  readonly speakers: readonly SpeakerSummary[];
  readonly keywords: readonly string[];
  /** Items dropped because what they cite does not bear them out. */
  readonly rejected: number;
  /** Empty when everything came from `by`. */
  readonly fallbacks: readonly Fallback[];
  readonly by: Provenance;
}
/** A transcript line by line in other words: `translation` into another language, `polish` from spoken to written. */
export interface Rendition {
  readonly meetingId: MeetingId;
  readonly kind: 'translation' | 'polish';
  /** Language of `lines`, ISO 639-1. */
  readonly language: string;
  /** In the transcript's order; each stands for the utterances it names, and none is named twice. */
  readonly lines: readonly RenditionLine[];
  /** Utterances that no usable line came back for: readers see the original there. */
  readonly missing: readonly UtteranceId[];
  readonly by: Provenance;
}
export interface RenditionLine {
  readonly utteranceIds: readonly [UtteranceId, ...UtteranceId[]];
  readonly text: string;
}
/** A claim together with the meeting it rests on. */
export interface AnswerClaim extends Cited {
  readonly meetingId: MeetingId;
}
/** The kind of the Fault for which another analyst answered than the one asked; absent when the one asked did. */
interface MaybeFallenBack {
  readonly fallback?: string;
}
export type Answer = MaybeFallenBack &
  (
    | {
        readonly kind: 'answered';
        readonly question: string;
        readonly claims: readonly [AnswerClaim, ...AnswerClaim[]];
        readonly by: Provenance;
      }
    | { readonly kind: 'not-said'; readonly question: string; readonly searched: number; readonly by: Provenance }
  );
