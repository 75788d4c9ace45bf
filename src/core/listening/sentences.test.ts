import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentencesOf } from './sentences.ts';
import type { Hearing } from '../ports.ts';

/** Every word takes `wordMs` and is followed by a pause of as much. */
const heard = (text: string, wordMs = 300, separator: RegExp | string = /(?<=\s)/): Hearing => ({
  text,
  language: 'en',
  confidence: 0.9,
  words: text
    .split(separator)
    .map((word, i) => ({ text: word.trim(), startMs: 2 * i * wordMs, endMs: (2 * i + 1) * wordMs })),
});
const texts = (hearing: Hearing, lengthMs = 20_000) => sentencesOf(hearing, lengthMs).map(({ text }) => text);

describe('sentences', () => {
  it('are split at their ends, in the middle of the pause, and fill the segment', () => {
    const found = sentencesOf(heard('We ship on Friday. Who writes the notes? I will do it.'), 8_000);
    expect(found.map(({ text, startMs, endMs }) => [text, startMs, endMs])).toEqual([
      ['We ship on Friday.', 0, 2_250],
      ['Who writes the notes?', 2_250, 4_650],
      ['I will do it.', 4_650, 8_000],
    ]);
    expect(found[1]?.words?.map(({ text }) => text)).toEqual(['Who', 'writes', 'the', 'notes?']);
  });

  it('are split in Chinese too', () => {
    expect(texts(heard('我们星期五发布。谁来写说明？我来写。', 300, ''))).toEqual([
      '我们星期五发布。',
      '谁来写说明？',
      '我来写。',
    ]);
  });

  it.each([
    'Dr. Smith and Mr. Jones agreed with J. Doe about it all.',
    'It costs 3. That is what they always said, isn’t it',
    'He said what? and then he went away for good.',
    'It grew by 3.5 percent in the second quarter of it.',
  ])('are not split inside %j', (text) => {
    expect(texts(heard(text))).toHaveLength(1);
  });

  it('that take less than a second stay with their neighbour', () => {
    expect(texts(heard('Yes. I will do that by Friday.', 200))).toEqual(['Yes. I will do that by Friday.']);
  });

  it.each([
    ['there are no times', { ...heard('One is here. Two is there.'), words: [] }],
    ['words are missing', { ...heard('One is here. Two is there.'), words: heard('One is here.').words ?? [] }],
    [
      'words are not in the text',
      { ...heard('One is here. Two is there.'), words: heard('One is here. Three is there.').words ?? [] },
    ],
    [
      'times go backwards',
      { ...heard('One is here. Two is there.'), words: (heard('One is here. Two is there.').words ?? []).toReversed() },
    ],
  ])('stay together when %s', (_, hearing) => {
    expect(sentencesOf(hearing, 9_000)).toMatchObject([
      { text: 'One is here. Two is there.', startMs: 0, endMs: 9_000 },
    ]);
  });

  it('are none when nothing was said', () => {
    expect(sentencesOf({ text: '  ', language: 'en', confidence: 0 }, 1_000)).toEqual([]);
  });

  it('tile the segment and lose no letter, whatever was said and whenever', () => {
    const word = fc.stringMatching(/^[A-Za-z。,]{1,6}[.?!]?$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.nat(2_000), fc.nat(900)), { minLength: 1 }), (said) => {
        let at = 0;
        const words = said.map(([text, pauseMs, lengthMs]) => {
          const startMs = at + pauseMs;
          at = startMs + lengthMs;
          return { text, startMs, endMs: at };
        });
        const text = said.map(([one]) => one).join(' ');
        const lengthMs = at + 100;
        const found = sentencesOf({ text, language: 'en', confidence: 1, words }, lengthMs);
        expect(found.map((one) => one.text).join(' ')).toBe(text);
        expect(found.flatMap((one) => one.words ?? [])).toEqual(words);
        expect(found[0]?.startMs).toBe(0);
        expect(found.at(-1)?.endMs).toBe(lengthMs);
        found.forEach((one, i) => {
          expect(one.endMs).toBeGreaterThan(one.startMs);
          expect(one.startMs).toBe(found[i - 1]?.endMs ?? 0);
        });
      }),
    );
  });
});
