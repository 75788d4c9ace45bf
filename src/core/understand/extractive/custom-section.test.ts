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

  describe('with cues of what is finished', () => {
    const DONE: Template = {
      ...BLOCKERS,
      length: 'long',
      sections: [
        {
          part: 'custom',
          heading: 'Done',
          instruction: '',
          cues: ['finished', 'merged', 'deployed', 'yesterday I', '完成了'],
        },
      ],
    };

    it.each([
      'I will finish the importer tomorrow.',
      'Ben, please deploy it to the test machines.',
      'The importer is not deployed yet.',
      "I haven't quite finished the importer.",
      'We need to get the importer merged this week.',
      'The importer will be reviewed and merged on Monday.',
      'Is the importer deployed?',
      'If the importer is merged we can start the tests.',
      "Yesterday I didn't get to the importer.",
      '等导入模块完成了再说。',
    ])('quotes no plan, request, denial, condition or question: %s', (text) => {
      expect(itemsIn([['Ana', text]], DONE)).toEqual([]);
    });

    it.each([
      'The importer is finished and merged.',
      'I finished the importer, but it will run on Monday only.',
      'It does not look nice, but the importer is deployed.',
      'Yesterday I worked on the importer.',
      '导入模块昨天完成了。',
    ])('quotes what was done: %s', (text) => {
      expect(itemsIn([['Ana', text]], DONE)).toEqual([text]);
    });
  });

  it('holds a denial where the cue is one, and none where it is not', () => {
    const template: Template = {
      ...BLOCKERS,
      sections: [
        { part: 'custom', heading: 'X', instruction: '', cues: ["can't continue", 'not working', 'stuck', 'broken'] },
      ],
    };
    const said = [
      "I can't continue without the key.",
      'The printer is not working.',
      'The release is not stuck.',
      'I have no broken keys.',
    ];
    expect(itemsIn([['Ana', said.join(' ')]], template)).toEqual(said.slice(0, 2));
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
