import { Converter } from 'opencc-js/t2cn';
import { chineseReadings } from './chinese-numbers.ts';
import { countEdits, type EditCounts } from './word-error-rate.ts';

const toSimplified = Converter({ from: 't', to: 'cn' });
const NUMBER = /\d+(?:\.\d+)?%?/g;

/**
 * Mandarin to what counts: Unicode NFKC, lower case, simplified characters, no punctuation or spaces. Digits are left
 * as they are written, except that 幺 and 〇 are the 一 and 零 they stand for.
 */
export const normaliseChinese = (text: string): string =>
  toSimplified(text.normalize('NFKC').toLowerCase())
    .replaceAll(/(?<=\d),(?=\d{3})/g, '')
    .replaceAll('幺', '一')
    .replaceAll('〇', '零')
    .replaceAll(/(?<!\d)\.|\.(?!\d)|(?<!\d)%/g, '')
    .replaceAll(/[^\p{L}\p{N}.%]/gu, '');

const errors = (counts: EditCounts): number => counts.substitutions + counts.deletions + counts.insertions;

const numbersIn = (text: string): readonly { readonly start: number; readonly text: string }[] =>
  [...text.matchAll(NUMBER)].map((match) => ({ start: match.index, text: match[0] }));

const withNumber = (text: string, at: { readonly start: number; readonly text: string }, reading: string): string =>
  text.slice(0, at.start) + reading + text.slice(at.start + at.text.length);

/** Numbers are said aloud from the last to the first, so that the places of the earlier ones stay right. */
const saidAloud = (text: string, best: (candidates: readonly string[]) => string): string =>
  numbersIn(text).reduceRight((said, number) => {
    const readings = chineseReadings(number.text);
    return best([said, ...readings.map((reading) => withNumber(said, number, reading))]);
  }, text);

/**
 * Character edits between two Mandarin texts in their compared form. Each number in digits counts in whichever of its
 * readings fits best: 29 is 二十九, 2014 may be 二零一四.
 */
export const countChineseEdits = (reference: string, hypothesis: string): EditCounts => {
  const target = normaliseChinese(reference);
  // The reference is put into words first: its author meant one reading, and the plainest fits most often.
  const spoken = saidAloud(target, (candidates) => candidates[1] ?? target);
  const forms = spoken === target ? [target] : [target, spoken];
  const scored = forms.map((form) => {
    const characters = Array.from(form);
    const heard = saidAloud(normaliseChinese(hypothesis), (candidates) => {
      const costs = candidates.map((candidate) => errors(countEdits(characters, Array.from(candidate))));
      return candidates[costs.indexOf(Math.min(...costs))] ?? '';
    });
    return countEdits(characters, Array.from(heard));
  });
  return scored.reduce((best, counts) => (errors(counts) < errors(best) ? counts : best));
};
