import { expect, it } from 'vitest';
import { createSimplifier } from './simplified.ts';

it('writes traditional characters as simplified ones and leaves everything else alone', () => {
  const simplify = createSimplifier();
  expect(simplify('會議決定下週五發佈 v2.0，預算三萬元。')).toBe('会议决定下周五发布 v2.0，预算三万元。');
  expect(simplify('We launch on Friday. 😀')).toBe('We launch on Friday. 😀');
});

it('gives a text and its words the same characters', () => {
  const simplify = createSimplifier();
  const words = ['頭', '髮', '發', '展', '乾', '淨'];
  expect(words.map(simplify).join('')).toBe(simplify(words.join('')));
});
