import type { Ms, TrackId, Utterance } from '../model.ts';
import type { Hearing } from '../ports.ts';

/**
 * Mean probability per token from which a hearing's language is believed. Distant speech heard in a wrong language comes
 * out below it (Welsh and Korean for English, at .04 to .47 on AMI meetings), in the right one mostly above.
 */
const SURE = 0.5;
/** A second hearing in the expected language may be this much less sure than the first and is still preferred. */
const TOLERANCE = 0.1;
/** Less than a syllable or two: a knock or a squeak may pass for it, and recognisers find a word in those. */
const SCANT_SPEECH_MS = 300;
/** Segments looked at when nothing has been understood before. */
const LOOK_AHEAD = 3;

export function hasText(hearing: Hearing | null): hearing is Hearing {
  return hearing !== null && hearing.suppressed === undefined && hearing.text.trim() !== '';
}

/** Detector and recogniser vouch together: where the one found hardly any speech, the other must be sure of its words. */
export function weighed(hearing: Hearing, speechMs: Ms): Hearing {
  if (!hasText(hearing) || speechMs >= SCANT_SPEECH_MS || hearing.confidence >= SURE) return hearing;
  const { words: _, ...withheld } = hearing;
  return { ...withheld, text: '', suppressed: 'low-confidence' };
}

/** The language that was surely spoken; null when this hearing does not tell. */
export function surelySpoken(hearing: Hearing | null): string | null {
  return hasText(hearing) && hearing.confidence >= SURE ? hearing.language : null;
}

/**
 * What `listen` needs to go on with a track as if it had never stopped: the language of the track's last utterance that
 * was surely understood. Utterances of all tracks may be given, in order.
 */
export function languageSoFar(utterances: readonly Utterance[], trackId: TrackId): string | null {
  const last = utterances.findLast((said) => said.trackId === trackId && (said.confidence ?? 0) >= SURE);
  return last?.language ?? null;
}

/** Whether hearing it again in the expected language may bring out words: not where nobody seemed to speak at all. */
export function isWorthSecondHearing(hearing: Hearing): boolean {
  if (hearing.suppressed === undefined) return hearing.confidence < SURE;
  return hearing.suppressed === 'repetition' || hearing.suppressed === 'low-confidence';
}

/** The second is in the expected language: it wins unless it was withheld or is clearly less sure. */
export function preferred(first: Hearing, second: Hearing | null): Hearing {
  if (!hasText(second)) return first;
  return !hasText(first) || second.confidence > first.confidence - TOLERANCE ? second : first;
}

/** A segment in its track's line. */
export interface InLine {
  /** What the segment gave without any hint; null when it was not heard that way. */
  readonly unhinted: PromiseWithResolvers<Hearing | null>;
  /** The segment after it; null at the end of the track. */
  readonly next: PromiseWithResolvers<InLine | null>;
}
export function createInLine(): InLine {
  return { unhinted: Promise.withResolvers(), next: Promise.withResolvers() };
}

/** The language surely spoken in one of the next few segments; null when they do not tell either. */
export async function languageAhead(segment: InLine): Promise<string | null> {
  let at = await segment.next.promise;
  for (let looked = 0; at !== null && looked < LOOK_AHEAD; looked++) {
    const language = surelySpoken(await at.unhinted.promise);
    if (language !== null) return language;
    at = await at.next.promise;
  }
  return null;
}
/** Segments of one track that must fit in line at once, or the first would wait for one that cannot come. */
export const NEEDED_IN_LINE = LOOK_AHEAD + 2;
