/** Times for text that came without: as long as it takes to say, and never before what came earlier. */
import type { Ms } from '../model.ts';
import type { ParsedUtterance, Stretch } from './parsed.ts';

/** Conversational speech: about 150 words a minute, and about 240 characters a minute in Chinese and Japanese. */
const MS_PER_WORD = 400;
const MS_PER_CHARACTER = 250;
const LEAST_MS = 500;
/** Between turns. */
const PAUSE_MS = 200;

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/** How long the text takes to say. */
function speakingMs(text: string): Ms {
  const characters = text.match(UNSPACED)?.length ?? 0;
  const words = text
    .replace(UNSPACED, ' ')
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  return Math.max(LEAST_MS, characters * MS_PER_CHARACTER + words * MS_PER_WORD);
}

/** Given times stay. A start that is missing follows the stretch before; an end that is missing is the time it takes. */
export function withTimes(stretches: readonly Stretch[]): Omit<ParsedUtterance, 'language'>[] {
  // The next given start after each stretch: what has no time must fit before it.
  const nextStarts: Ms[] = [];
  let nextMs = Number.POSITIVE_INFINITY;
  for (let at = stretches.length - 1; at >= 0; at--) {
    nextStarts[at] = nextMs;
    nextMs = stretches[at]?.startMs ?? nextMs;
  }
  let reachedMs = 0;
  let gapMs = 0;
  const result: Omit<ParsedUtterance, 'language'>[] = [];
  for (let at = 0; at < stretches.length; at++) {
    const stretch = stretches[at];
    if (stretch === undefined) break;
    const { speaker, text } = stretch;
    let { startMs, endMs } = stretch;
    if (startMs === null) {
      // A run of stretches without times shares what room there is before the next given time.
      let run = at;
      let neededMs = 0;
      for (; run < stretches.length && stretches[run]?.startMs === null; run++)
        neededMs += speakingMs(stretches[run]?.text ?? '') + PAUSE_MS;
      const roomMs = (nextStarts[at] ?? Number.POSITIVE_INFINITY) - reachedMs - gapMs;
      const scale = neededMs > roomMs ? Math.max(0, roomMs) / neededMs : 1;
      for (; at < run; at++) {
        const own = stretches[at];
        if (own === undefined) break;
        const from = Math.round(reachedMs + gapMs * scale);
        const to =
          own.endMs !== null && own.endMs > from
            ? own.endMs
            : Math.max(from + 1, Math.round(from + speakingMs(own.text) * scale));
        result.push({ speaker: own.speaker, text: own.text, startMs: from, endMs: to, estimated: true });
        reachedMs = Math.max(reachedMs, to);
        gapMs = PAUSE_MS * scale;
      }
      at--;
      continue;
    }
    const isEndGiven = endMs !== null && endMs >= startMs;
    if (!isEndGiven || endMs === null) {
      const roomMs = (nextStarts[at] ?? Number.POSITIVE_INFINITY) - startMs;
      const neededMs = speakingMs(text);
      endMs = startMs + (roomMs > 0 && roomMs < neededMs ? roomMs : neededMs);
    }
    startMs = Math.max(0, startMs);
    result.push({ speaker, text, startMs, endMs, estimated: !isEndGiven });
    reachedMs = Math.max(reachedMs, endMs);
    gapMs = PAUSE_MS;
  }
  return result;
}
