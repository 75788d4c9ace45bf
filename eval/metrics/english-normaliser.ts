import { americanSpelling } from './american-spelling.ts';
import { numbersToDigits } from './english-numbers.ts';

/**
 * English text to the words that count: the conventions of the normaliser published with Whisper (Radford et al. 2022,
 * appendix C), written anew. Fillers, punctuation, letter case, contractions, titles, spoken numbers and British
 * spelling make no difference afterwards.
 */
const WHOLE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:hm+|mm+|mhm|u+h+|u+m+|uhm|erm)\b/g, ' '],
  [/\bwon't\b/g, 'will not'],
  [/\bcan't\b/g, 'can not'],
  [/\bcannot\b/g, 'can not'],
  [/\blet's\b/g, 'let us'],
  [/\bain't\b/g, 'aint'],
  [/\by'all\b/g, 'you all'],
  [/\bwanna\b/g, 'want to'],
  [/\bgotta\b/g, 'got to'],
  [/\bgonna\b/g, 'going to'],
  [/\b(?:i'ma|imma)\b/g, 'i am going to'],
  [/\b(w|c|sh)oulda\b/g, '$1ould have'],
  [/\bma'am\b/g, 'madam'],
  [/\bo'clock\b/g, 'oclock'],
];
const TITLES = new Map(
  Object.entries({
    mr: 'mister',
    mrs: 'missus',
    st: 'saint',
    dr: 'doctor',
    prof: 'professor',
    capt: 'captain',
    gov: 'governor',
    ald: 'alderman',
    gen: 'general',
    sen: 'senator',
    rep: 'representative',
    pres: 'president',
    rev: 'reverend',
    hon: 'honorable',
    asst: 'assistant',
    assoc: 'associate',
    lt: 'lieutenant',
    col: 'colonel',
    jr: 'junior',
    sr: 'senior',
    esq: 'esquire',
  }),
);
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  // "he'd been", "she's got" are perfect tenses; "he'd go" is not.
  [/'d (been|gone|done|seen|had|got)\b/g, ' had $1'],
  [/'s (been|gone|done|got)\b/g, ' has $1'],
  [/n't\b/g, ' not'],
  [/'re\b/g, ' are'],
  [/'s\b/g, ' is'],
  [/'d\b/g, ' would'],
  [/'ll\b/g, ' will'],
  [/'t\b/g, ' not'],
  [/'ve\b/g, ' have'],
  [/'m\b/g, ' am'],
];
/** Letters that Unicode does not take apart into a base letter and an accent. */
const LETTERS = new Map(Object.entries({ œ: 'oe', æ: 'ae', ø: 'o', ß: 'ss', đ: 'd', ð: 'd', þ: 'th', ł: 'l' }));

const replaceAll = (text: string, rules: readonly (readonly [RegExp, string])[]): string =>
  rules.reduce((left, [pattern, replacement]) => left.replace(pattern, replacement), text);

const plainSymbols = (text: string): string =>
  text
    // A comma inside a number groups digits, a dot is kept only as a decimal point, a sign only before a number.
    .replaceAll(/(?<=\d),(?=\d{3})/g, '')
    .replaceAll(/\.(?!\d)|(?<!\d)\./g, ' ')
    .replaceAll(/(^|\s)[-−](?=[$£€]?\d)/g, '$1minus ')
    .replaceAll(/([$£€])\s+(?=\d)/g, '$1')
    .replaceAll(/(\d)\s+%/g, '$1%')
    .normalize('NFKD')
    .replaceAll(/[œæøßđðþł]/g, (letter) => LETTERS.get(letter) ?? letter)
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}.%$£€¢\s]/gu, ' ')
    .replaceAll(/[$£€¢](?!\d)|(?<!\d)%/g, ' ');

/** The words of an English text in their compared form. */
export const normaliseEnglish = (text: string): readonly string[] => {
  const lower = text
    .toLowerCase()
    .replaceAll(/[‘’ʼ`´]/g, "'")
    .replaceAll(/<[^>]*>|\[[^\]]*\]|\([^)]*\)/g, ' ')
    .replaceAll(/\s+'/g, "'");
  const expanded = replaceAll(replaceAll(lower, WHOLE_WORDS), ENDINGS);
  const words = plainSymbols(expanded)
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => TITLES.get(word) ?? word);
  return numbersToDigits(words).map(americanSpelling);
};
