import { expect, it } from 'vitest';
import { spokenNames } from './spoken-names.ts';

it('keeps names that are said aloud, once each', () => {
  expect(spokenNames(['Mia', 'Chloé Dubois', '王小明', "Sean O'Brien", 'Mia'])).toEqual([
    'Mia',
    'Chloé Dubois',
    '王小明',
    "Sean O'Brien",
  ]);
});

it('drops handles, numbers and decoration, and keeps the name beside them', () => {
  expect(spokenNames(['ls-1688', 'xX_dragon_Xx', 'guest42', '😀', '', 'Dana [PM] she/her'])).toEqual(['Dana']);
});
