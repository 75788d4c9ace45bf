import type { MeetingId, Transcript } from './model.ts';
import type { SearchHit } from './ports.ts';

/** Turns kept on either side of a hit: a question's answer is rarely in the very line that matched. */
const NEIGHBOURS = 3;

/**
 * The passages of one transcript around its hits, in order, each turn once: what an analyst reads to answer.
 * Passages that touch are joined.
 */
export function passagesAround(transcript: Transcript, hits: readonly SearchHit[]): readonly Transcript[] {
  const { utterances } = transcript;
  const position = new Map(utterances.map((utterance, index) => [utterance.id, index]));
  const wanted = new Set<number>();
  for (const hit of hits) {
    for (const id of hit.utteranceIds) {
      const at = position.get(id);
      if (at === undefined) continue;
      for (let near = at - NEIGHBOURS; near <= at + NEIGHBOURS; near++) {
        if (near >= 0 && near < utterances.length) wanted.add(near);
      }
    }
  }
  const passages: Transcript[] = [];
  let run: number[] = [];
  const close = (): void => {
    const first = run[0];
    if (first !== undefined) passages.push({ ...transcript, utterances: utterances.slice(first, first + run.length) });
    run = [];
  };
  for (const index of [...wanted].toSorted((a, b) => a - b)) {
    const previous = run.at(-1);
    if (previous !== undefined && index !== previous + 1) close();
    run.push(index);
  }
  close();
  return passages;
}

/** Hits by meeting, meetings in the order of their best hit. */
export function hitsByMeeting(hits: readonly SearchHit[]): ReadonlyMap<MeetingId, readonly SearchHit[]> {
  return Map.groupBy(hits, (hit) => hit.meetingId);
}
