import type { Ms } from '../model.ts';
import type { Hearing } from '../ports.ts';
import { hasText } from './evidence.ts';

const SAMPLES_PER_MS = 16;
/** Each half still has room for a few words. */
const LEAST_MS = 2_500;
/** The detector took at least this much of the segment for speech: music and noise that it lets pass have less. */
const LEAST_SPEECH_SHARE = 0.6;
const WINDOW_MS = 20;

/**
 * Whether a withheld segment is worth hearing in halves. A recogniser gives up on a whole segment when people far away
 * or talking at once spoil a part of it; the other part may be clear. A loop is not: it is what music makes of it.
 */
export function mayHoldWords(
  hearing: Hearing,
  speech: { readonly startMs: Ms; readonly endMs: Ms; readonly speechMs: Ms },
): boolean {
  const durationMs = speech.endMs - speech.startMs;
  return (
    hearing.suppressed === 'low-confidence' &&
    durationMs >= LEAST_MS &&
    speech.speechMs >= durationMs * LEAST_SPEECH_SHARE
  );
}

/** Where 16 kHz sound is quietest in its middle third, in samples: cut there, a word is least likely to be cut. */
export function quietestMiddle(pcm: Float32Array): number {
  const window = WINDOW_MS * SAMPLES_PER_MS;
  const from = Math.floor(pcm.length / 3);
  const to = Math.floor((pcm.length * 2) / 3) - window;
  let best = Math.floor(pcm.length / 2);
  let least = Number.POSITIVE_INFINITY;
  for (let at = from; at <= to; at += window) {
    let power = 0;
    for (let i = at; i < at + window; i++) power += (pcm[i] ?? 0) ** 2;
    if (power < least) {
      least = power;
      best = at + window / 2;
    }
  }
  return best;
}

/** What two halves gave, as one hearing of the whole; the whole's when neither gave words. `cutMs`: where the second begins. */
export function joined(whole: Hearing, first: Hearing | null, second: Hearing | null, cutMs: Ms): Hearing {
  const [left, right] = [hasText(first) ? first : null, hasText(second) ? second : null];
  const loudest = left ?? right;
  if (loudest === null) return whole;
  const later = right?.words?.map((word) => ({ ...word, startMs: word.startMs + cutMs, endMs: word.endMs + cutMs }));
  const timed = (left === null || left.words !== undefined) && (right === null || later !== undefined);
  return {
    text: [left?.text, right?.text].filter((text) => text !== undefined).join(' '),
    language: loudest.language,
    confidence: Math.min(left?.confidence ?? 1, right?.confidence ?? 1),
    ...(timed ? { words: [...(left?.words ?? []), ...(later ?? [])] } : {}),
  };
}
