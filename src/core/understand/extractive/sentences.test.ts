import { describe, expect, it } from 'vitest';
import { talk } from '../../../../test/contract/transcripts.ts';
import { sentencesOf } from './sentences.ts';

function textsOf(...turns: readonly (readonly [string, string])[]): string[] {
  return sentencesOf(talk(turns).utterances).map(({ text }) => text);
}

describe('sentences', () => {
  it('end at full stops, question and exclamation marks, Western or Eastern, but not after abbreviations', () => {
    expect(textsOf(['Ana', 'Dr. Lee is here. Shall we begin? Yes!'])).toEqual([
      'Dr. Lee is here.',
      'Shall we begin?',
      'Yes!',
    ]);
    expect(textsOf(['安', '仓库满了。我们租大厅吗？好！'])).toEqual(['仓库满了。', '我们租大厅吗？', '好！']);
  });

  it('do not end at a mark inside markup of chats', () => {
    expect(textsOf(['Ana', 'I will ask <!channel> about it. Is <https://example.org/?q=1|this> it? Yes!'])).toEqual([
      'I will ask <!channel> about it.',
      'Is <https://example.org/?q=1|this> it?',
      'Yes!',
    ]);
  });

  it('without full stops are cut at clauses, and never between a denial and what it denies', () => {
    const clause = 'we looked at the harbour and at the depot and at all of the trucks that came in over the last week';
    const pieces = textsOf([
      'Ana',
      `${clause} and we did not rent the hall not just because it is cheap but ${clause}`,
    ]);
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(piece).not.toMatch(/\bnot(?: just)?$/u);
    expect(pieces.join(' ')).toContain('not just because it is cheap');
  });

  it('go on over a short pause of the same speaker when they are visibly unfinished', () => {
    const [first, second] = talk([
      ['Ana', 'We rent the hall'],
      ['Ana', 'for three months.'],
    ]).utterances;
    if (first === undefined || second === undefined) throw new Error('she spoke twice');
    const close = { ...second, startMs: first.endMs + 300, endMs: first.endMs + 2000 };
    expect(sentencesOf([first, close]).map(({ text, utterances }) => [text, utterances.length])).toEqual([
      ['We rent the hall for three months.', 2],
    ]);
    const late = { ...second, startMs: first.endMs + 5000, endMs: first.endMs + 7000 };
    expect(sentencesOf([first, late])).toHaveLength(2);
  });
});
