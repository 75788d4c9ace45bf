import { Fault } from './faults.ts';
import { abortable, createGate } from './listening/abortable.ts';
import type { Gate } from './listening/abortable.ts';
import { joined, mayHoldWords, quietestMiddle } from './listening/halves.ts';
import { hearSegment } from './listening/hear-segment.ts';
import { spokenNames } from './listening/spoken-names.ts';
import {
  NEEDED_IN_LINE,
  createInLine,
  hasText,
  isWorthSecondHearing,
  languageAhead,
  preferred,
  surelySpoken,
  weighed,
} from './listening/evidence.ts';
import type { InLine } from './listening/evidence.ts';
import { createMissedSegments } from './listening/missed-segments.ts';
import { sentencesOf } from './listening/sentences.ts';
import type { Sentence } from './listening/sentences.ts';
import { speechOf } from './listening/track-speech.ts';
import type { TrackStep } from './listening/track-speech.ts';
import type { MeetingId, Ms, SuppressionReason, Track, TrackId, Utterance, UtteranceId } from './model.ts';
import type {
  AudioDecoder,
  Clock,
  Hearing,
  Meetings,
  SpeechDetector,
  TranscribeOptions,
  Transcriber,
} from './ports.ts';
import { utteranceId } from './utterance-id.ts';

export interface Ears {
  readonly decoder: AudioDecoder;
  readonly detector: SpeechDetector;
  readonly transcriber: Transcriber;
  readonly clock: Clock;
}
export interface TrackToHear {
  readonly track: Track;
  /** Of a local copy that stays until `listen` settles. */
  readonly path: string;
  /** ISO 639-1; what `languageSoFar` finds in the utterances already stored; null when there are none. */
  readonly lastLanguage: string | null;
}
export interface ListenInput {
  readonly meetingId: MeetingId;
  /** ISO 639-1; null: detect it per segment. */
  readonly language: string | null;
  readonly tracks: readonly TrackToHear[];
}
export interface ListenSink {
  /** As `Meetings.heard`; per track one call at a time, in order, never after `listen` has settled. */
  readonly heard: Meetings['heard'];
}
export interface ListenResult {
  /** End of the longest track on the meeting clock. */
  readonly audioMs: Ms;
  /** Speech and segments of all tracks from their start, heard now or in an earlier run. */
  readonly speechMs: Ms;
  readonly segments: number;
  /** Segments of this run whose words were withheld. */
  readonly suppressed: Readonly<Record<SuppressionReason, number>>;
  /** Stretches of this run that could not be transcribed, on the meeting clock: what was said there is missing. */
  readonly unheard: readonly { readonly trackId: TrackId; readonly startMs: Ms; readonly endMs: Ms }[];
  readonly tracks: readonly { readonly trackId: TrackId; readonly durationMs: Ms }[];
}

/** 16 kHz. */
const SAMPLES_PER_MS = 16;
/** A segment this short may not tell its language: it is given the one spoken before, and waits until that is known. */
const SHORT_MS = 4_000;
/** Silence moves the watermark in steps of this length. */
const QUIET_STEP_MS = 30_000;

/**
 * Turns recordings into utterances: decode, find speech, transcribe, store. Tracks share one queue in the order of the
 * meeting clock; each track's utterances reach the sink in order together with the watermark, which only lies where no
 * segment is cut.
 *
 * Run again after any interruption it decodes and detects from the start, does not transcribe what lies before a
 * track's watermark, and ends with the same utterances: what a segment gives depends on its samples, the requested
 * language and, where its own language is in doubt, the one surely spoken before (or, at the beginning, just after).
 * Memory does not depend on the recordings' length.
 *
 * A segment that cannot be transcribed is left out and reported in `unheard`; three in a row throw. Throws the Faults of
 * decoder and transcriber (retryable ones after retries) and the signal's reason; what the sink was given stays valid.
 */
export async function listen(
  ears: Ears,
  input: ListenInput,
  sink: ListenSink,
  signal: AbortSignal,
): Promise<ListenResult> {
  const stop = new AbortController();
  const halted = AbortSignal.any([signal, stop.signal]);
  const run = createRun(ears, input, sink, halted, (error) => stop.abort(error));
  try {
    for (let next = await run.pull(); next !== null; next = await run.pull()) await run.hear(next);
    await run.settle();
    halted.throwIfAborted();
    return run.result();
  } catch (error) {
    stop.abort(error);
    await run.settle();
    signal.throwIfAborted();
    throw stop.signal.reason;
  }
}

type Speech = Extract<TrackStep, { kind: 'speech' }>;
interface Found {
  readonly state: TrackState;
  readonly speech: Speech;
}
interface TrackState extends TrackToHear {
  readonly steps: AsyncGenerator<TrackStep, Ms>;
  /** Found, but another track's turn comes first. */
  head: Speech | null;
  /** Meeting clock: nothing earlier is still to come from this track. */
  reachedMs: Ms;
  durationMs: Ms | null;
  /** Last language surely spoken so far; settles when that is known. */
  language: Promise<string | null>;
  /** Segments found but not yet stored: enough to keep all places busy, few enough to bound the memory. */
  readonly line: Gate;
  lastInLine: InLine;
  /** Settles when everything handed to the sink so far is stored; never rejects. */
  stored: Promise<void>;
  storedMs: Ms;
}

function createRun(
  ears: Ears,
  input: ListenInput,
  sink: ListenSink,
  halted: AbortSignal,
  fail: (error: unknown) => void,
) {
  const { transcriber } = ears;
  const glossary = spokenNames(input.tracks.flatMap(({ track }) => track.speaker?.displayName ?? []));
  const places = createGate(transcriber.concurrency);
  const suppressed: Record<SuppressionReason, number> = {
    'no-speech': 0,
    'low-confidence': 0,
    repetition: 0,
    empty: 0,
  };
  const unheard: { readonly trackId: TrackId; readonly startMs: Ms; readonly endMs: Ms }[] = [];
  const missedSegments = createMissedSegments();
  const beingHeard = new Set<Promise<unknown>>();
  let segments = 0;
  let speechMs = 0;

  const states = input.tracks.map((entry): TrackState => ({
    ...entry,
    steps: speechOf(ears.decoder.decode(entry.path, halted), ears.detector, transcriber.maxSegmentMs),
    head: null,
    reachedMs: entry.track.startMs,
    durationMs: null,
    language: Promise.resolve(entry.lastLanguage),
    line: createGate(NEEDED_IN_LINE + transcriber.concurrency),
    lastInLine: createInLine(),
    stored: Promise.resolve(),
    storedMs: entry.track.heardMs,
  }));

  /** Per track one after the other; nothing is stored after a failure. */
  const store = (state: TrackState, work: () => Promise<void>): void => {
    const before = state.stored;
    state.stored = (async () => {
      await before;
      if (halted.aborted) return;
      try {
        await work();
      } catch (error) {
        fail(error);
      }
    })();
  };

  const storeQuiet = (state: TrackState, untilMs: Ms): void => {
    if (untilMs - state.storedMs < QUIET_STEP_MS) return;
    state.storedMs = untilMs;
    store(state, () => sink.heard(state.track.id, { utterances: [], heardMs: untilMs }));
  };

  const storeEnd = (state: TrackState, durationMs: Ms): void => {
    store(state, () => sink.heard(state.track.id, { utterances: [], heardMs: durationMs, durationMs }));
  };

  const attempt = async (
    speech: Speech,
    language: Pick<TranscribeOptions, 'language' | 'likelyLanguage'>,
  ): Promise<Hearing | null> => {
    await places.enter(halted);
    try {
      const heard = await hearSegment(transcriber, ears.clock, speech.pcm, { ...language, glossary, signal: halted });
      if (heard instanceof Fault) {
        missedSegments.missed(heard);
        return null;
      }
      missedSegments.heard();
      return weighed(heard, speech.speechMs);
    } finally {
      places.leave();
    }
  };

  /** `before`: the language spoken so far. Waits for it only where it matters, so that a track is heard in parallel. */
  const hearWhole = async (
    { speech }: Found,
    inLine: InLine,
    before: Promise<string | null>,
  ): Promise<Hearing | null> => {
    if (input.language !== null) return await attempt(speech, { language: input.language });
    const isShort = speech.endMs - speech.startMs < SHORT_MS;
    // At once: the one before may be waiting to be told.
    if (isShort) inLine.unhinted.resolve(null);
    const likely = isShort ? await abortable(before, halted) : null;
    const first = await attempt(speech, likely === null ? {} : { likelyLanguage: likely });
    inLine.unhinted.resolve(first);
    if (first === null || !isWorthSecondHearing(first)) return first;
    const expected = (await abortable(before, halted)) ?? (await abortable(languageAhead(inLine), halted));
    if (expected === null || expected === first.language) return first;
    return preferred(first, await attempt(speech, { language: expected }));
  };

  const transcribe = async (found: Found, inLine: InLine, before: Promise<string | null>): Promise<Hearing | null> => {
    const { speech } = found;
    const whole = await hearWhole(found, inLine, before);
    if (whole === null || !mayHoldWords(whole, speech)) return whole;
    const cut = quietestMiddle(speech.pcm);
    const language = input.language === null ? { likelyLanguage: whole.language } : { language: input.language };
    const half = { ...speech, speechMs: speech.speechMs / 2 };
    const first = await attempt({ ...half, pcm: speech.pcm.slice(0, cut) }, language);
    const second = await attempt({ ...half, pcm: speech.pcm.slice(cut) }, language);
    return joined(whole, first, second, Math.round(cut / SAMPLES_PER_MS));
  };

  const keep = async ({ state, speech }: Found, hearing: Hearing | null): Promise<void> => {
    const { track } = state;
    if (hearing === null) await abortable(missedSegments.excused(), halted);
    if (halted.aborted) return;
    const utterances = hearing === null ? [] : toUtterances(input.meetingId, track, speech, hearing);
    const stretch = { startMs: track.startMs + speech.startMs, endMs: track.startMs + speech.endMs };
    const missed = hearing === null ? stretch : hearing.suppressed;
    await sink.heard(track.id, { utterances, heardMs: speech.endMs, ...(missed !== undefined && { missed }) });
    if (hearing === null) unheard.push({ trackId: track.id, ...stretch });
    else if (hearing.suppressed !== undefined) suppressed[hearing.suppressed]++;
  };

  return {
    /** The next stretch of speech on the meeting clock that is not yet stored; null when all tracks have ended. */
    async pull(): Promise<Found | null> {
      for (;;) {
        const state = earliest(states);
        if (state === undefined) return null;
        if (state.head !== null) {
          const speech = state.head;
          state.head = null;
          return { state, speech };
        }
        const step = await abortable(state.steps.next(), halted);
        if (step.done === true) {
          state.durationMs = step.value;
          state.lastInLine.next.resolve(null);
          storeEnd(state, step.value);
        } else if (step.value.kind === 'quiet') {
          state.reachedMs = state.track.startMs + step.value.untilMs;
          storeQuiet(state, step.value.untilMs);
        } else {
          segments++;
          speechMs += step.value.speechMs;
          state.reachedMs = state.track.startMs + step.value.startMs;
          state.head = after(step.value, state.track.heardMs);
        }
      }
    },

    /** Puts the stretch in line; resolves when there is room for another. */
    async hear(found: Found): Promise<void> {
      const { state } = found;
      await state.line.enter(halted);
      const before = state.language;
      state.storedMs = found.speech.endMs;
      const inLine = createInLine();
      state.lastInLine.next.resolve(inLine);
      state.lastInLine = inLine;
      const hearing = transcribe(found, inLine, before);
      state.language = hearing.then((heard) => surelySpoken(heard) ?? before);
      // Both are read again below or by the next segment; the failure itself is reported once, by `store`.
      state.language.catch(() => undefined);
      hearing.catch(fail);
      beingHeard.add(hearing);
      store(state, async () => {
        try {
          await keep(found, await hearing);
        } finally {
          beingHeard.delete(hearing);
          state.line.leave();
        }
      });
    },

    /** Resolves when nothing is being stored any more and all recordings are closed. */
    async settle(): Promise<void> {
      await Promise.allSettled(beingHeard);
      try {
        missedSegments.end();
      } catch (error) {
        fail(error);
      }
      await Promise.all(states.map((state) => state.stored));
      if (halted.aborted) await Promise.allSettled(states.map((state) => state.steps.return(0)));
    },

    result(): ListenResult {
      const tracks = states.map(({ track, durationMs }) => ({ trackId: track.id, durationMs: durationMs ?? 0 }));
      const ends = states.map(({ track, durationMs }) => track.startMs + (durationMs ?? 0));
      return { audioMs: Math.max(0, ...ends), speechMs, segments, suppressed, unheard, tracks };
    },
  };
}

/** Lowest position wins; of equals the first track. */
function earliest(states: readonly TrackState[]): TrackState | undefined {
  let found: TrackState | undefined;
  for (const state of states) {
    if (state.durationMs !== null) continue;
    if (found === undefined || state.reachedMs < found.reachedMs) found = state;
  }
  return found;
}

/** What of the stretch lies after the watermark; the watermark of an older version may lie inside it. */
function after(speech: Speech, heardMs: Ms): Speech | null {
  if (speech.endMs <= heardMs) return null;
  if (speech.startMs >= heardMs) return speech;
  const share = (heardMs - speech.startMs) / (speech.endMs - speech.startMs);
  return { ...speech, startMs: heardMs, pcm: speech.pcm.subarray(Math.round(share * speech.pcm.length)) };
}

/** The people in the meeting are the names that will be said in it. */
function toUtterances(meetingId: MeetingId, track: Track, speech: Speech, hearing: Hearing): readonly Utterance[] {
  if (!hasText(hearing)) return [];
  const offsetMs = track.startMs + speech.startMs;
  return sentencesOf(hearing, speech.endMs - speech.startMs).map((sentence) =>
    toUtterance(utteranceId(meetingId, track.index, offsetMs + sentence.startMs), track, offsetMs, sentence, hearing),
  );
}

function toUtterance(id: UtteranceId, track: Track, offsetMs: Ms, sentence: Sentence, hearing: Hearing): Utterance {
  const words = sentence.words?.map(({ text, startMs, endMs }) => ({
    text,
    startMs: offsetMs + startMs,
    endMs: offsetMs + endMs,
  }));
  return {
    id,
    trackId: track.id,
    speaker: track.speaker === null ? { kind: 'unnamed' } : { kind: 'person', person: track.speaker },
    startMs: offsetMs + sentence.startMs,
    endMs: offsetMs + sentence.endMs,
    text: sentence.text,
    language: hearing.language,
    confidence: hearing.confidence,
    ...(words !== undefined && { words }),
  };
}
