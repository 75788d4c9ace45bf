import { randomBytes } from 'node:crypto';
import type {
  Meeting,
  MeetingId,
  MeetingStats,
  Stretch,
  SuppressionReason,
  Track,
  Transcript,
  Utterance,
} from '../core/model.ts';
import { addUsage, NO_USAGE } from '../core/usage.ts';
import type { meetings, tracks, utterances } from './schema.ts';

/** Crockford's base32 in lower case: no i, l, o, u to misread or to spell words with. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** 50 random bits: with a million meetings the odds that any two ever met are about 1 in 2000; an insert would then fail, not overwrite. */
const ID_LENGTH = 10;

export function newMeetingId(): MeetingId {
  // 256 is a multiple of 32, so no character is likelier than another.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place where such an id is made
  return Array.from(randomBytes(ID_LENGTH), (byte) => ALPHABET[byte % 32]).join('') as MeetingId;
}

export const NO_STATS: MeetingStats = {
  audioMs: 0,
  speechMs: 0,
  listenMs: 0,
  understandMs: 0,
  peakRssBytes: 0,
  segments: 0,
  suppressed: { 'no-speech': 0, 'low-confidence': 0, repetition: 0, empty: 0 },
  unheard: [],
  usage: NO_USAGE,
};

/** Times spent add up over resumptions; the other figures are totals or peaks, and only rise. */
export function addMeasured(
  before: MeetingStats,
  more: Partial<Omit<MeetingStats, 'suppressed' | 'unheard'>>,
): MeetingStats {
  const rise = (figure: 'audioMs' | 'speechMs' | 'peakRssBytes' | 'segments'): number =>
    Math.max(before[figure], more[figure] ?? 0);
  return {
    ...before,
    audioMs: rise('audioMs'),
    speechMs: rise('speechMs'),
    peakRssBytes: rise('peakRssBytes'),
    segments: rise('segments'),
    listenMs: before.listenMs + (more.listenMs ?? 0),
    understandMs: before.understandMs + (more.understandMs ?? 0),
    usage: addUsage(before.usage, more.usage ?? NO_USAGE),
  };
}

/** With one more segment that gave no words: withheld for a reason, or a stretch that could not be transcribed. */
export function addMissed(before: MeetingStats, missed: SuppressionReason | Stretch): MeetingStats {
  return typeof missed === 'string'
    ? { ...before, suppressed: { ...before.suppressed, [missed]: before.suppressed[missed] + 1 } }
    : { ...before, unheard: [...before.unheard, missed] };
}

export function meetingOf(row: typeof meetings.$inferSelect): Meeting {
  const { id, origin, requestedBy, source, title, language, wishes, timeZone, durationMs, state } = row;
  const createdAt = row.createdAt.toISOString();
  const heldAt = row.heldAt?.toISOString() ?? createdAt;
  // Rows written before a figure was counted lack it.
  const stats = { ...NO_STATS, ...row.stats };
  return {
    id,
    origin,
    requestedBy,
    source,
    title,
    language,
    wishes,
    heldAt,
    timeZone,
    durationMs,
    createdAt,
    state,
    stats,
  };
}

export function trackOf(row: typeof tracks.$inferSelect): Track {
  const { id, meetingId, index, speaker, media, startMs, durationMs, heardMs } = row;
  return { id, meetingId, index, speaker, media, startMs, durationMs, heardMs };
}

/** The columns a transcript is read from: the search columns stay in the database. */
export type UtteranceRow = Omit<typeof utterances.$inferSelect, 'meetingId' | 'terms' | 'termCount'>;

function utteranceOf(row: UtteranceRow): Utterance {
  return {
    id: row.id,
    trackId: row.trackId,
    speaker: row.speaker,
    startMs: row.startMs,
    endMs: row.endMs,
    text: row.text,
    language: row.language,
    ...(row.words === null ? {} : { words: row.words }),
    ...(row.confidence === null ? {} : { confidence: row.confidence }),
    ...(row.estimated === null ? {} : { estimated: row.estimated }),
  };
}

export function transcriptOf(meetingId: MeetingId, rows: readonly UtteranceRow[]): Transcript {
  // Here and not in SQL: servers order text by rules of their own, the model orders ids by code unit.
  const ordered = rows.map(utteranceOf).toSorted((a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1));
  return { meetingId, language: mainLanguage(ordered), utterances: ordered };
}

/** The language most of the text is in, by length; `und` when nobody spoke. */
function mainLanguage(said: readonly Utterance[]): string {
  const lengths = new Map<string, number>();
  for (const { language, text } of said) lengths.set(language, (lengths.get(language) ?? 0) + text.length);
  let main = 'und';
  for (const [language, length] of lengths) if (length > (lengths.get(main) ?? 0)) main = language;
  return main;
}
