/** What tells a term that a summary would name from one that it would not: how it is spread over a stretch of talk. */
import type { Sentence } from './sentences.ts';
import { stem } from './words.ts';

/** Parts of a stretch over which a term's spread is counted. */
const PARTS = 10;
/** Sentences of so many words tell something; shorter ones mostly react. */
const TELLING_WORDS = 12;
const ABSTRACT = /(?:tion|sion|ment|ity|ness|ance|ence|ology|ism)$/u;

export const TERM_FEATURES = [
  'frequency',
  'rate',
  'rate squared',
  'spread',
  'speakers',
  'capitals',
  'in telling sentences',
  'letters',
  'short',
  'once',
  'number',
  'rank',
  'abstract',
  'frequent and spread',
] as const;

/** Feature values of every term of the stretch, in the order of {@link TERM_FEATURES}. */
export function termFeatures(sentences: readonly Sentence[]): Map<string, number[]> {
  const used = new Map<string, { count: number; parts: Set<number>; speakers: Set<string>; telling: number }>();
  const capitals = new Map<string, number>();
  const speakers = new Set<string>();
  let total = 0;
  for (const [at, sentence] of sentences.entries()) {
    speakers.add(sentence.speakerKey);
    for (const term of new Set(sentence.terms)) {
      let use = used.get(term);
      if (use === undefined) {
        use = { count: 0, parts: new Set(), speakers: new Set(), telling: 0 };
        used.set(term, use);
      }
      use.count++;
      total++;
      use.parts.add(Math.floor((PARTS * at) / sentences.length));
      use.speakers.add(sentence.speakerKey);
      if (sentence.length >= TELLING_WORDS) use.telling++;
    }
    // A capital at the start of a sentence says nothing.
    for (const { text, norm } of sentence.tokens.slice(1)) {
      if (!/^\p{Lu}/u.test(text)) continue;
      const term = stem(norm);
      capitals.set(term, (capitals.get(term) ?? 0) + 1);
    }
  }
  const features = new Map<string, number[]>();
  const ordered = [...used].toSorted(([, a], [, b]) => b.count - a.count);
  for (const [rank, [term, { count, parts, speakers: by, telling }]] of ordered.entries()) {
    const frequency = Math.log(count);
    // Per thousand terms.
    const rate = Math.log((1000 * count) / total + 0.1);
    const spread = parts.size / PARTS;
    features.set(term, [
      frequency,
      rate,
      rate * rate,
      spread,
      by.size / speakers.size,
      Math.min(1, (capitals.get(term) ?? 0) / count),
      telling / count,
      term.length / 10,
      term.length <= 3 ? 1 : 0,
      count === 1 ? 1 : 0,
      /^\p{N}/u.test(term) ? 1 : 0,
      Math.log(1 + rank),
      ABSTRACT.test(term) ? 1 : 0,
      frequency * spread,
    ]);
  }
  return features;
}
