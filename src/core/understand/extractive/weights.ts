/** How much each term and each sentence says about the whole. */
import { isBackchannel } from './agreement.ts';
import { isQuestion } from './question-form.ts';
import type { Sentence } from './sentences.ts';

export interface Weights {
  /** Inverse document frequency over stretches of talk; 0 for terms never seen. */
  idf(term: string): number;
}

/** Sentences counted as one document: single sentences are too short for a term's rarity to mean anything. */
const STRETCH = 5;

export function weightsOf(sentences: readonly Sentence[]): Weights {
  const seenIn = new Map<string, number>();
  const stretches = Math.max(1, Math.ceil(sentences.length / STRETCH));
  for (let at = 0; at < sentences.length; at += STRETCH) {
    const terms = new Set(sentences.slice(at, at + STRETCH).flatMap((sentence) => sentence.terms));
    for (const term of terms) seenIn.set(term, (seenIn.get(term) ?? 0) + 1);
  }
  return {
    idf: (term) => {
      const count = seenIn.get(term);
      return count === undefined ? 0 : Math.log(1 + stretches / count);
    },
  };
}

/** Sentences shorter than this say little on their own; longer ones are hard to read as a point. In words. */
const SHORT_WORDS = 7;
const LONG_WORDS = 32;

const CUES =
  /\b(?:important|main(?:ly)?|the (?:key|point|problem|issue|reason|goal|aim|target|plan|result|cause|total|budget|deadline|conclusion)|conclu\w+|in summary|to sum(?:marise|marize)? up|because|therefore|so that|we (?:decided|agreed|need to|have to|should|must)|recommend\w*|propos\w+|suggest\w*|result(?:s|ed)?|because of|caused? by|which means)\b|重要|关键|主要|核心|总结|结论|因此|所以|决定|目标|问题是|原因|建议|必须|首先/iu;
const ASIDE =
  /^(?:thank|thanks|hello|hi|good (?:morning|afternoon|evening)|welcome|bye|sorry|excuse|大家好|谢谢|感谢|欢迎|各位)|\b(?:can you hear|thank you|my name is|next slide|share my screen)\b|听得到/iu;
/** Opens by pointing at something said before: unclear when quoted alone. */
const POINTS_BACK =
  /^(?:(?:and|but|so|because|or|then|yeah|well)[,]?\s+)*(?:it|that|this|they|he|she|those|these)\b|^(?:那|这个|它|他们|所以|但是|而且|因为)/iu;

/**
 * How well each sentence stands for `about`: the weight of the terms it shares with the whole, by its length, with
 * questions, asides and fragments held back. Aligned with `about`.
 */
export function salience(about: readonly Sentence[], weights: Weights): number[] {
  const counts = new Map<string, number>();
  for (const { terms } of about) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return about.map((sentence) => {
    const { terms, length, text } = sentence;
    if (terms.length === 0 || isBackchannel(text)) return 0;
    let weight = 0;
    for (const term of new Set(terms)) weight += Math.log(1 + (counts.get(term) ?? 0)) * weights.idf(term);
    let score = weight / Math.sqrt(6 + terms.length);
    if (length < SHORT_WORDS) score *= (length + 1) / (SHORT_WORDS + 1);
    if (length > LONG_WORDS) score *= LONG_WORDS / length;
    if (isQuestion(sentence)) score *= 0.35;
    if (ASIDE.test(text)) score *= 0.4;
    if (POINTS_BACK.test(text)) score *= 0.8;
    if (CUES.test(text)) score *= 1.2;
    return score;
  });
}

/** Likeness of two sentences, 0 to 1: shared terms over all terms. */
export function likeness(a: readonly string[], b: readonly string[]): number {
  const left = new Set(a);
  const right = new Set(b);
  if (left.size === 0 || right.size === 0) return 0;
  let shared = 0;
  for (const term of left) if (right.has(term)) shared++;
  return shared / (left.size + right.size - shared);
}

/** How strongly a sentence like one already chosen is held back (Carbonell and Goldstein 1998, maximal marginal relevance). */
const REDUNDANCY = 0.7;

/** The `count` best-scored candidates that do not repeat each other or `chosen`, best first. Scores ≤ 0 are never taken. */
export function pick(
  candidates: readonly { readonly sentence: Sentence; readonly score: number }[],
  count: number,
  chosen: readonly Sentence[] = [],
): Sentence[] {
  const top = Math.max(0, ...candidates.map(({ score }) => score));
  const picked: Sentence[] = [];
  const held = candidates.map(({ sentence }) =>
    Math.max(0, ...chosen.map(({ terms }) => likeness(terms, sentence.terms))),
  );
  const taken = new Set<number>();
  while (picked.length < count) {
    let best = -1;
    let bestScore = 0;
    for (const [at, { score }] of candidates.entries()) {
      if (taken.has(at) || score <= 0) continue;
      const marginal = score - REDUNDANCY * top * (held[at] ?? 0);
      if (marginal > bestScore) {
        best = at;
        bestScore = marginal;
      }
    }
    const sentence = candidates[best]?.sentence;
    if (sentence === undefined) break;
    taken.add(best);
    picked.push(sentence);
    for (const [at, other] of candidates.entries()) {
      held[at] = Math.max(held[at] ?? 0, likeness(other.sentence.terms, sentence.terms));
    }
  }
  return picked;
}
