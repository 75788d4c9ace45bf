import { describe, expect, it } from 'vitest';
import { meetingWith } from '../../../test/contract/minutes.ts';
import { meetingId, talk, utteranceId } from '../../../test/contract/transcripts.ts';
import type { Rendition } from '../model.ts';
import { toMarkdown } from './markdown.ts';
import { inWordsOf } from './renditions.ts';
import { toText } from './txt.ts';

const SAID = talk([
  ['Ana', 'um so we we launch in June'],
  ['Ben', 'Yes.'],
  ['Ana', 'not in May'],
  ['Ben', 'Fine.'],
]);

function rendition(
  kind: Rendition['kind'],
  language: string,
  lines: readonly (readonly [readonly string[], string])[],
): Rendition {
  const named = lines.map(([ids, text]) => {
    const [first = '', ...rest] = ids;
    return { utteranceIds: [utteranceId(first), ...rest.map(utteranceId)] as const, text };
  });
  const by = { provider: 'test', model: 'none', at: '2026-01-05T09:00:00.000Z' };
  return { meetingId: meetingId('m-1'), kind, language, lines: named, missing: [utteranceId('u3')], by };
}

describe('a translation', () => {
  const chinese = rendition('translation', 'zh', [
    [['u0', 'u2'], '我们六月上线，不是五月'],
    [['u1'], '好。'],
  ]);

  it('stands below the last line it is for, and lines without one stay as they were said', () => {
    expect(toText(SAID, { rendition: chinese })).toBe(
      [
        '[0:00] Ana: um so we we launch in June',
        '[0:01] Ben: Yes.',
        '    好。',
        '[0:02] Ana: not in May',
        '    我们六月上线，不是五月',
        '[0:03] Ben: Fine.',
        '',
      ].join('\n'),
    );
  });

  it('is a line of its own within a turn in Markdown, and those missing are counted', () => {
    const meeting = meetingWith({ id: meetingId('m-1') });
    const text = toMarkdown(meeting, SAID, null, { rendition: chinese });
    expect(text).toContain('- 0:01 **Ben**: Yes.\\\n  好。\n- 0:02');
    expect(text).toContain('- 1 line could not be put into other words');
  });
});

describe('polished words', () => {
  const polished = rendition('polish', 'en', [[['u0', 'u2'], 'We launch in June, not in May.']]);

  it('take the place of what was said, from the first utterance to the end of the last', () => {
    const { utterances } = inWordsOf(SAID, polished);
    expect(utterances.map(({ text }) => text)).toEqual(['We launch in June, not in May.', 'Yes.', 'Fine.']);
    expect([utterances[0]?.startMs, utterances[0]?.endMs]).toEqual([0, SAID.utterances[2]?.endMs]);
  });

  it('that are blank or for nobody known change nothing', () => {
    const useless = rendition('polish', 'en', [
      [['u0'], '  '],
      [['elsewhere'], 'Invented.'],
    ]);
    expect(inWordsOf(SAID, useless)).toEqual(SAID);
  });
});
