/** What others said right after a sentence: the adjacency on which decisions, assignments and answers rest. */
import type { Sentence } from './sentences.ts';

/** A reply comes soon: after so many sentences of the same voice, what others say answers something else. */
const SOON_SENTENCES = 40;

/**
 * The next sentences by others, in order, until `turns` other-speaker utterances have passed. Where nobody was told
 * apart, the following utterances count as others': a mix has turns even when it has no names.
 */
export function repliesTo(sentences: readonly Sentence[], to: Sentence, turns: number): Sentence[] {
  const replies: Sentence[] = [];
  const seen = new Set<number>();
  for (let at = to.index + 1; at < sentences.length && at <= to.index + SOON_SENTENCES; at++) {
    const next = sentences[at];
    if (next === undefined) break;
    const other = to.speaker.kind === 'unnamed' ? next.turn !== to.turn : next.speakerKey !== to.speakerKey;
    if (!other) continue;
    seen.add(next.turn);
    if (seen.size > turns) break;
    replies.push(next);
  }
  return replies;
}

/** The first sentence of each reply turn. */
export function replyOpenings(replies: readonly Sentence[]): Sentence[] {
  return replies.filter((reply, at) => replies[at - 1]?.turn !== reply.turn);
}

/** Share of the smaller text's terms that the other has too; 0 when either has none. */
export function overlap(a: readonly string[], b: readonly string[]): number {
  const left = new Set(a);
  const right = new Set(b);
  if (left.size === 0 || right.size === 0) return 0;
  let shared = 0;
  for (const term of left) if (right.has(term)) shared++;
  return shared / Math.min(left.size, right.size);
}
