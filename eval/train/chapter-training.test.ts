import { describe, expect, it } from 'vitest';
import type { WrittenMeeting } from '../data/written-meetings.ts';
import { domainOf, fitBoundaryModel, heldOut, markedTalk } from './chapter-training.ts';
import type { MarkedTalk } from './chapter-training.ts';

const SUBJECTS = [
  'river delta sand clay',
  'bakery bread oven dough',
  'engine piston valve fuel',
  'violin cello harp flute',
];

/** A talk about some subjects, each for so many turns, the next one announced. */
function meeting(name: string, subjects: readonly number[], turnsEach: number): WrittenMeeting {
  const turns = subjects.flatMap((subject, part) =>
    Array.from({ length: turnsEach }, (_, at) => {
      const words = (SUBJECTS[subject] ?? '').split(' ');
      const text =
        at === 0 && part > 0
          ? `Okay, so the next topic is the ${words[0] ?? ''}.`
          : `The ${words[at % 4] ?? ''} and the ${words[(at + 1) % 4] ?? ''} were there with the ${words[(at * 3) % 4] ?? ''}.`;
      return { speaker: at % 3 === 0 ? 'A' : 'B', text, sentences: [text] };
    }),
  );
  const topicStarts = subjects.slice(1).map((_, part) => (part + 1) * turnsEach);
  return { name, language: 'en', turns, topicStarts, actions: null };
}
const talks = [
  meeting('ES2002a', [0, 1, 2], 25),
  meeting('TS3003b', [3, 1], 40),
  meeting('Bmr001', [2, 0, 3], 30),
  meeting('covid_1', [1, 2, 3, 0], 20),
].flatMap((written): MarkedTalk[] => {
  const talk = markedTalk('qmsum', written);
  return talk === null ? [] : [talk];
});

describe('learning where topics start', () => {
  it('tells the kinds of meeting of a set apart by name', () => {
    expect(['ES2002a', 'IS1006b', 'TS3009d', 'Bed002', 'covid_0'].map((name) => domainOf('qmsum', name))).toEqual([
      'product',
      'product',
      'product',
      'academic',
      'committee',
    ]);
    expect(domainOf('vcsum', 'vcsum_13')).toBe('vcsum');
  });

  it('leaves out talks in which nobody marked a topic', () => {
    expect(markedTalk('qmsum', { ...meeting('ES2002a', [0], 20), topicStarts: [] })).toBeNull();
  });

  it('finds announced changes of subject in a talk it has not seen', () => {
    const cut = heldOut(talks, ({ domain }) => domain);
    expect(cut).toHaveLength(4);
    const found = cut.filter(({ talk, hypothesis }) =>
      [...talk.reference.starts].every((start) => hypothesis.starts.has(start)),
    );
    expect(found.length).toBeGreaterThanOrEqual(3);
  });

  it('gives one weight to each feature, the same each time', () => {
    const model = fitBoundaryModel(talks);
    expect(model.weights).toHaveLength(talks[0]?.names.length ?? 0);
    expect(model.weights[talks[0]?.names.indexOf('announced') ?? 0]).toBeGreaterThan(0);
    expect(fitBoundaryModel(talks)).toEqual(model);
  });
});
