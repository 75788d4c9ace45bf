import { describe, expect, it } from 'vitest';
import { talk } from '../../../test/contract/transcripts.ts';
import { passageOf, passageRuns } from './passages.ts';
import { readQuestion } from './question.ts';
import { bestPassages, rankPassages } from './rank.ts';

const MEETING = talk([
  ['Ana', 'Good morning everybody, let us begin with the weather in the valley.'],
  ['Ben', 'The fence around the depot needs new paint before the winter comes.'],
  ['Ana', 'I would rather replace the fence than paint it, the posts are rotten.'],
  ['Cem', 'Our trucks drive twice a day between the harbour and the market.'],
  ['Ben', 'The kitchen on the second floor will be closed until the end of May.'],
  ['Ana', 'Thank you all, we meet again next week at the same hour.'],
]);
const passages = passageRuns(MEETING.utterances, 1).map((run, number) => passageOf(MEETING, run, number));
const best = (text: string, vectors: Parameters<typeof rankPassages>[2] = null): number | undefined => {
  const question = readQuestion(text, ['Ana', 'Ben', 'Cem']);
  return bestPassages(passages, rankPassages(question, passages, vectors), 1)[0];
};

describe('passages', () => {
  it('are runs of at least so many words that cover every utterance once', () => {
    const runs = passageRuns(MEETING.utterances, 20);
    expect(runs.map(({ from }) => from)).toEqual([0, ...runs.slice(0, -1).map(({ to }) => to)]);
    expect(runs.at(-1)?.to).toBe(6);
    expect(passageRuns([])).toEqual([]);
  });

  it('are ranked by the words of the matter, and by who is asked for', () => {
    expect(best('How often do the trucks drive?')).toBe(3);
    expect(best('What did Ana think about the fence?')).toBe(2);
    expect(best('What did Ben say about painting the fence?')).toBe(1);
  });

  it('are ranked by meaning where there are vectors', () => {
    const stretches = passages.map((_, at) => [
      { vector: Float32Array.from([at === 4 ? 1 : 0, at === 4 ? 0 : 1]), words: 12, line: 0 },
    ]);
    expect(best('What about cooking?', { question: { topic: Float32Array.from([1, 0]) }, passages: stretches })).toBe(
      4,
    );
  });

  it('come from different places before neighbours of what was taken, when scores are close', () => {
    expect(bestPassages(passages, [1, 0.9, 0.1, 0, 0.8, 0], 3)).toEqual([0, 4, 1]);
    expect(bestPassages([], [], 3)).toEqual([]);
  });
});
