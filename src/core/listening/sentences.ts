import type { Hearing } from '../ports.ts';
import type { Ms, Word } from '../model.ts';

/** Part of a segment, on the segment's own clock. */
export interface Sentence {
  readonly startMs: Ms;
  readonly endMs: Ms;
  readonly text: string;
  readonly words?: readonly Word[];
}

/** A sentence that is over sooner stays with its neighbour: "Yes. I'll do it." reads and cites better as one. */
const SHORTEST_MS = 1_000;
/** A sentence's end in any script, with the quotes and brackets that may close after it. */
const SENTENCE_END = /[.!?…。！？｡؟।]["'”’»）)\]」』]*$/u;
/** Not an end: initials, common titles, list numbers. */
const ABBREVIATION = /(?:^|[^\p{L}\p{N}])(?:\p{L}|\d+|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc|e\.g|i\.e|No|approx)\.$/u;
/** Scripts without capitals start a sentence with any letter. */
const LOWER_CASE_START = /^["'“‘«(（[「『]*\p{Ll}/u;

/**
 * Splits what was heard in a segment at sentence ends, each sentence with its own times: they follow the words, meet in
 * the middle of the pause between two sentences, and together fill the segment. One sentence when the words' times are
 * not known or do not fit the text. Empty when nothing was said.
 */
export function sentencesOf(hearing: Hearing, lengthMs: Ms): readonly Sentence[] {
  const text = hearing.text.trim();
  if (text === '') return [];
  const words = hearing.words ?? [];
  const whole: Sentence = { startMs: 0, endMs: lengthMs, text, ...(words.length > 0 && { words }) };
  const places = placesOf(words, text);
  if (places === null) return [whole];

  const sentences: Sentence[] = [];
  let first = 0;
  let startMs = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    const following = words[i + 1];
    const textEnd = places[i + 1] ?? text.length;
    if (word === undefined) continue;
    const endMs =
      following === undefined ? lengthMs : Math.round((word.endMs + Math.max(word.endMs, following.startMs)) / 2);
    const isEnd =
      following === undefined ||
      (endsSentence(text.slice(0, textEnd).trimEnd(), text.slice(textEnd)) &&
        endMs - startMs >= SHORTEST_MS &&
        lengthMs - endMs >= SHORTEST_MS);
    if (!isEnd) continue;
    sentences.push({
      startMs,
      endMs,
      text: text.slice(places[first] ?? 0, textEnd).trim(),
      words: words.slice(first, i + 1),
    });
    first = i + 1;
    startMs = endMs;
  }
  return sentences;
}

function endsSentence(before: string, after: string): boolean {
  return SENTENCE_END.test(before) && !ABBREVIATION.test(before) && !LOWER_CASE_START.test(after.trimStart());
}

/** Where each word begins in the text; null when the words are not exactly the text's, in order. */
function placesOf(words: readonly Word[], text: string): readonly number[] | null {
  if (words.length === 0) return null;
  const places: number[] = [];
  let at = 0;
  let lastMs = 0;
  for (const word of words) {
    const bare = word.text.trim();
    const place = bare === '' ? -1 : text.indexOf(bare, at);
    const between = place === -1 ? '' : text.slice(at, place).trim();
    if (place === -1 || between !== '' || word.startMs < lastMs || word.endMs < word.startMs) return null;
    lastMs = word.startMs;
    places.push(place);
    at = place + bare.length;
  }
  return text.slice(at).trim() === '' ? places : null;
}
