import { describe, expect, it } from 'vitest';
import { talk } from '../../../../test/contract/transcripts.ts';
import type { MinutesSection, Template } from '../../model.ts';
import { sectionsOf } from './custom-section.ts';
import { sentencesOf } from './sentences.ts';
import { weightsOf } from './weights.ts';

const BLOCKERS: Template = {
  name: 'mine',
  kind: null,
  tone: null,
  length: 'short',
  sections: [
    { part: 'actions', heading: 'To do' },
    { part: 'custom', heading: 'Blockers', instruction: 'What is stuck.', cues: ['waiting for', 'blocked by', '卡住'] },
  ],
};

function sectionsIn(turns: readonly (readonly [string, string])[], template = BLOCKERS): MinutesSection[] {
  const sentences = sentencesOf(talk(turns).utterances);
  return sectionsOf(template, sentences, weightsOf(sentences));
}

function itemsIn(turns: readonly (readonly [string, string])[], template = BLOCKERS): string[] {
  return sectionsIn(turns, template).flatMap((section) =>
    section.part === 'custom' ? section.items.map(({ text }) => text) : [],
  );
}

describe('a section of one’s own', () => {
  it('holds the sentences that its cues give away, in whatever form of the word, cited', () => {
    const [actions, blockers] = sectionsIn([
      ['Ana', 'The importer is finished and merged.'],
      ['Ben', 'I waited for the new certificate all of yesterday.'],
      ['Ana', 'The release is blocked by the audit.'],
    ]);
    expect(actions).toEqual({ part: 'actions', heading: 'To do' });
    expect(blockers).toMatchObject({
      heading: 'Blockers',
      items: [
        { text: 'I waited for the new certificate all of yesterday.', citations: [{ utteranceIds: ['u1'] }] },
        { text: 'The release is blocked by the audit.', citations: [{ utteranceIds: ['u2'] }] },
      ],
    });
  });

  it('finds cues within Chinese text', () => {
    expect(itemsIn([['安', '发布流程在审计那里卡住了。']])).toEqual(['发布流程在审计那里卡住了。']);
  });

  it('takes whole words only', () => {
    const template = {
      ...BLOCKERS,
      sections: [{ part: 'custom', heading: 'X', instruction: '', cues: ['art'] }],
    } as const;
    expect(itemsIn([['Ana', 'We start the party on the first of April.']], template)).toEqual([]);
  });

  it('is empty when nothing of the kind was said', () => {
    expect(itemsIn([['Ana', 'The importer is finished and merged.']])).toEqual([]);
    expect(itemsIn([])).toEqual([]);
  });

  it('holds no more than the template’s length allows', () => {
    const turns = Array.from({ length: 12 }, (_, at): readonly [string, string] => [
      'Ana',
      `Depot ${at} is waiting for its shipment number ${at * 7} from harbour ${at * 3}.`,
    ]);
    expect(itemsIn(turns)).toHaveLength(3);
    expect(itemsIn(turns, { ...BLOCKERS, length: 'long' })).toHaveLength(8);
  });
});
