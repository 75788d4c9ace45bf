import { expect, test } from 'vitest';
import { asPercent, renderTable } from './table.ts';

test('figures stand to the right, text to the left, Chinese takes two places', () => {
  const text = renderTable({
    title: 'Errors',
    columns: [{ name: 'kind' }, { name: 'rate', format: asPercent }],
    rows: [
      ['读', 0.0512],
      ['spontaneous', null],
      ['noisy', 1],
    ],
    notes: ['Lower is better.'],
  });
  expect(text.split('\n')).toEqual([
    'Errors',
    'kind          rate',
    '───────────  ─────',
    '读             5.1',
    'spontaneous      –',
    'noisy        100.0',
    'Lower is better.',
  ]);
});

test('a rate without a denominator is written as infinite', () => {
  expect(asPercent(Infinity)).toBe('∞');
});
