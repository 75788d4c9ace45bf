import { beforeAll, describe, expect, it } from 'vitest';
import { readModelFiles } from './model-files.ts';
import { createWordPiece } from './word-piece.ts';
import type { WordPiece } from './word-piece.ts';

/** Ids as the reference gives them (the package `@huggingface/tokenizers` 0.2.0 with the same vocabulary). */
const REFERENCE: readonly (readonly [what: string, text: string, ids: readonly number[]])[] = [
  ['nothing', '', []],
  [
    'contractions and punctuation',
    "We'll ship it on Friday, won't we?",
    [2057, 1005, 2222, 2911, 2009, 2006, 5958, 1010, 2180, 1005, 1056, 2057, 1029],
  ],
  [
    'accents, money',
    'Crème brûlée costs $4.50 at the Café',
    [13675, 21382, 7987, 9307, 2063, 5366, 1002, 1018, 1012, 2753, 2012, 1996, 7668],
  ],
  [
    'words in pieces',
    'unbelievably quasi-periodic tokenisation',
    [4895, 8671, 2666, 3567, 6321, 17982, 1011, 15861, 19204, 6648],
  ],
  ['Chinese, one by one', '我们周五发布 release 2', [1855, 100, 100, 1753, 100, 100, 2713, 1016]],
  [
    'kana and hangul, taken apart',
    'カタカナ한국어',
    [1700, 30235, 30226, 30241, 30005, 30006, 30021, 29991, 30014, 30020, 29999, 30008],
  ],
  [
    'spaces of all kinds, invisible characters',
    'soft\u00ADhyphen zero\u200Bwidth\ttab\nline\u00A0space',
    [3730, 10536, 8458, 2368, 5717, 9148, 11927, 2232, 21628, 2240, 2686],
  ],
  ['capitals that change length', 'naïve İstanbul STRASSE ﬁne', [15743, 9960, 2358, 8180, 3366, 1984, 2638]],
  [
    'typographic marks',
    '“Quoted” — dash… ~tilde^ a_b',
    [1523, 9339, 1524, 1517, 11454, 1529, 1066, 18681, 3207, 1034, 1037, 1035, 1038],
  ],
  ['a word of 101 letters', 'x'.repeat(101), [100]],
  ['a character it does not know', 'fire 🔥 fire', [2543, 100, 2543]],
  ['control characters', 'bell\u0007ring \uFFFD gone', [4330, 4892, 2908]],
];
const START = 101;
const END = 102;

describe('the tokenizer', () => {
  let tokenise: WordPiece;
  beforeAll(async () => {
    tokenise = createWordPiece((await readModelFiles()).words);
  });

  it.each(REFERENCE)('reads %s as the reference does', (_, text, ids) => {
    expect(tokenise(text, 256)).toEqual([START, ...ids, END]);
  });

  it('cuts at the longest the model reads, with the end kept', () => {
    expect(tokenise('fire '.repeat(300), 256)).toEqual([START, ...Array.from({ length: 254 }, () => 2543), END]);
    expect(tokenise('fire unbelievably', 4)).toEqual([START, 2543, 4895, END]);
    expect(tokenise('fire '.repeat(254), 256)).toHaveLength(256);
  });

  it('takes the name of a special token in a text for text', () => {
    const ids = tokenise('[SEP] [CLS]', 256).slice(1, -1);
    expect(ids).not.toContain(START);
    expect(ids).not.toContain(END);
    expect(ids.length).toBeGreaterThan(5);
  });

  it('reads lone surrogates and other broken text without a word', () => {
    expect(tokenise('\uD83D', 256)).toEqual([START, END]);
  });

  it('cannot be made without its special tokens', () => {
    expect(() =>
      createWordPiece({
        model: { type: 'WordPiece', vocab: { a: 0 }, continuing_subword_prefix: '##', max_input_chars_per_word: 100 },
        normalizer: { type: 'BertNormalizer', lowercase: true },
      }),
    ).toThrow(RangeError);
  });
});
