/**
 * Spoken numbers to digits, so that "seventeen billion euros" and "€17 billion" compare equal. The conventions (a year
 * said in two halves, digits said one by one, currency before the number, ordinals) are those of the English normaliser
 * that came with the Whisper paper (Radford et al. 2022, appendix C), so that figures stay comparable with published ones.
 */
const named = (words: string, first: number, step: number): [string, number][] =>
  words.split(' ').map((word, index) => [word, first + index * step]);

const ONES = new Map(named('zero one two three four five six seven eight nine', 0, 1));
const TEENS = new Map(named('ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen', 10, 1));
const TENS = new Map([...named('twenty thirty forty fifty sixty seventy eighty ninety', 20, 10), ['fourty', 40]]);
const SCALES = new Map([
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
  ['quadrillion', 1e15],
]);
const ORDINAL_STEMS = new Map<string, string>([
  ['zeroth', 'zero'],
  ['first', 'one'],
  ['second', 'two'],
  ['third', 'three'],
  ['fifth', 'five'],
  ['eighth', 'eight'],
  ['ninth', 'nine'],
  ['twelfth', 'twelve'],
]);
const CURRENCIES = new Map([
  ['dollar', '$'],
  ['dollars', '$'],
  ['pound', '£'],
  ['pounds', '£'],
  ['euro', '€'],
  ['euros', '€'],
  ['cent', '¢'],
  ['cents', '¢'],
]);
const REPEATS = new Map([
  ['double', 2],
  ['triple', 3],
]);
const NUMERAL = /^([$£€¢]?)(\d+(?:\.\d+)?)(%?)$/;

type Kind = 'one' | 'teen' | 'ten' | 'hundred' | 'scale' | 'numeral';
interface NumberWord {
  readonly kind: Kind;
  readonly value: number;
  /** Digits as written, for numerals: "007" stays "007". */
  readonly digits: string;
  readonly prefix: string;
  /** "st", "nd", "rd", "th" for ordinals, "s" for decades and hundreds said in the plural, "%" for numerals. */
  readonly suffix: string;
}

const plain = (kind: Kind, value: number): Omit<NumberWord, 'suffix'> => ({
  kind,
  value,
  digits: String(value),
  prefix: '',
});

const cardinalWord = (word: string): Omit<NumberWord, 'suffix'> | null => {
  const one = ONES.get(word);
  if (one !== undefined) return plain('one', one);
  const teen = TEENS.get(word);
  if (teen !== undefined) return plain('teen', teen);
  const ten = TENS.get(word);
  if (ten !== undefined) return plain('ten', ten);
  if (word === 'hundred') return plain('hundred', 100);
  const scale = SCALES.get(word);
  return scale === undefined ? null : plain('scale', scale);
};

const ordinalSuffix = (value: number): string => {
  if (value % 100 >= 11 && value % 100 <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][value % 10] ?? 'th';
};

const ordinalStem = (word: string): string | null => {
  const irregular = ORDINAL_STEMS.get(word);
  if (irregular !== undefined) return irregular;
  if (word.endsWith('ieth')) return `${word.slice(0, -4)}y`;
  return word.endsWith('th') ? word.slice(0, -2) : null;
};

const numberWord = (word: string): NumberWord | null => {
  const cardinal = cardinalWord(word);
  if (cardinal !== null) return { ...cardinal, suffix: '' };
  const numeral = NUMERAL.exec(word);
  if (numeral !== null) {
    const [, prefix = '', digits = '', suffix = ''] = numeral;
    return { kind: 'numeral', value: Number(digits), digits, prefix, suffix };
  }
  const stem = ordinalStem(word);
  const ordinal = stem === null ? null : cardinalWord(stem);
  if (ordinal !== null) return { ...ordinal, suffix: 'ordinal' };
  const decade = word.endsWith('ies') ? cardinalWord(`${word.slice(0, -3)}y`) : null;
  return decade?.kind === 'ten' ? { ...decade, suffix: 's' } : null;
};

/** A number while it is being said. `said` holds halves that were already complete, as in the 20 of "twenty twenty". */
interface Spoken {
  said: string;
  total: number;
  group: number | null;
  groupDigits: string;
  last: Kind;
  prefix: string;
  suffix: string;
}

const start = (word: NumberWord, said: string): Spoken => ({
  said,
  total: word.kind === 'scale' ? word.value : 0,
  group: word.kind === 'scale' ? null : word.value,
  groupDigits: word.digits,
  last: word.kind,
  prefix: word.prefix,
  suffix: word.suffix,
});

const whole = (value: number): string => String(Math.round(value * 1e6) / 1e6);

const write = (spoken: Spoken): string => {
  const untouched = spoken.total === 0 && (spoken.last === 'numeral' || spoken.last === 'one');
  const value = spoken.total + (spoken.group ?? 0);
  const digits = spoken.said + (untouched ? spoken.groupDigits : whole(value));
  const suffix = spoken.suffix === 'ordinal' ? ordinalSuffix(Number(digits)) : spoken.suffix;
  return spoken.prefix + digits + suffix;
};

/** Takes the next word into the number, or says with false that a new number starts there. */
const extend = (spoken: Spoken, word: NumberWord): boolean => {
  if (spoken.suffix !== '' || word.prefix !== '') return false;
  const group = spoken.group ?? 0;
  const compound = spoken.total > 0 || group >= 100;
  const adds =
    (word.kind === 'one' && word.value > 0 && ['ten', 'hundred', 'scale'].includes(spoken.last)) ||
    ((word.kind === 'teen' || word.kind === 'ten') && (spoken.last === 'hundred' || spoken.last === 'scale')) ||
    (word.kind === 'numeral' && spoken.last === 'scale' && word.value < 1000 && word.suffix === '');
  if (adds) {
    spoken.group = group + word.value;
    spoken.groupDigits = String(spoken.group);
  } else if (word.kind === 'hundred') {
    if (spoken.said !== '' || group === 0 || group >= 100) return false;
    spoken.group = group * 100;
  } else if (word.kind === 'scale') {
    // "two million thousand" is two numbers; "two million three thousand" is one.
    const biggest = spoken.total === 0 || word.value < spoken.total;
    if (spoken.said !== '' || spoken.group === null || !biggest) return false;
    spoken.total += group * word.value;
    spoken.group = null;
  } else {
    // "one second" is no number at all, but "nineteen sixties" and "one oh five" are.
    const digitwise = word.suffix !== 'ordinal' && word.kind !== 'numeral';
    if (compound || spoken.last === 'numeral' || !digitwise) return false;
    Object.assign(spoken, start(word, write(spoken)));
    return true;
  }
  spoken.last = word.kind;
  spoken.suffix = word.suffix;
  return true;
};

interface Run {
  readonly text: string;
  readonly next: number;
}

const decimals = (tokens: readonly string[], from: number): Run => {
  let digits = '';
  let at = from;
  for (; at < tokens.length; at += 1) {
    const token = tokens[at] ?? '';
    const one = token === 'oh' ? 0 : ONES.get(token);
    const numeral = /^\d+$/.test(token) && digits === '' ? token : undefined;
    const piece = one === undefined ? numeral : String(one);
    if (piece === undefined) break;
    digits += piece;
  }
  return { text: digits, next: at };
};

const withUnits = (number: string, tokens: readonly string[], at: number): Run => {
  const unit = tokens[at] ?? '';
  const bare = /^[\d.]+$/.test(number);
  if (bare && unit === 'percent') return { text: `${number}%`, next: at + 1 };
  if (bare && unit === 'per' && tokens[at + 1] === 'cent') return { text: `${number}%`, next: at + 2 };
  const symbol = CURRENCIES.get(unit);
  return bare && symbol !== undefined ? { text: symbol + number, next: at + 1 } : { text: number, next: at };
};

/** Reads the number that starts at `from`; the caller has made sure that one does. */
const readNumber = (tokens: readonly string[], from: number, first: NumberWord): Run => {
  const spoken = start(first, '');
  let at = from + 1;
  while (at < tokens.length) {
    const token = tokens[at] ?? '';
    const next = numberWord(tokens[at + 1] ?? '');
    if (token === 'and' && tokens[at + 1] === 'a' && tokens[at + 2] === 'half' && spoken.group !== null) {
      spoken.group += 0.5;
      spoken.groupDigits = String(spoken.group);
      at += 3;
      continue;
    }
    if (token === 'and' && (spoken.last === 'hundred' || spoken.last === 'scale') && next?.kind !== 'scale') {
      if (next === null || next.prefix !== '' || !extend(spoken, next)) break;
      at += 2;
      continue;
    }
    if (token === 'point' && spoken.suffix === '') {
      const fraction = decimals(tokens, at + 1);
      if (fraction.text === '') break;
      const value = `${write({ ...spoken, prefix: '' })}.${fraction.text}`;
      Object.assign(spoken, { said: '', total: 0, group: Number(value), groupDigits: value, last: 'numeral' });
      at = fraction.next;
      continue;
    }
    const zero = token === 'oh' && next?.kind === 'one' && spoken.last !== 'numeral';
    const word = numberWord(zero ? 'zero' : token);
    const plural = /^(hundred|thousand|million|billion)s$/.test(token) ? numberWord(token.slice(0, -1)) : null;
    const extension = word ?? (plural === null ? null : { ...plural, suffix: 's' });
    if (extension === null || !extend(spoken, extension)) break;
    at += 1;
  }
  return withUnits(write(spoken), tokens, at);
};

/** Replaces spoken numbers in a list of lower-case words by digits; everything else is left as it was. */
export const numbersToDigits = (tokens: readonly string[]): readonly string[] => {
  const out: string[] = [];
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at] ?? '';
    const repeat = REPEATS.get(token);
    const repeated = ONES.get(tokens[at + 1] ?? '') ?? (tokens[at + 1] === 'oh' ? 0 : undefined);
    if (repeat !== undefined && repeated !== undefined) {
      const head = String(repeated).repeat(repeat);
      const rest = decimals(tokens, at + 2);
      out.push(head + rest.text);
      at = rest.next;
      continue;
    }
    const word = numberWord(token);
    if (word === null) {
      out.push(token);
      at += 1;
      continue;
    }
    const run = readNumber(tokens, at, word);
    const cents = /^¢(\d{1,2})$/.exec(run.text);
    if (cents !== null && out.at(-1) === 'and' && /^[$£€]\d+$/.test(out.at(-2) ?? '')) {
      out.pop();
      out.push(`${out.pop() ?? ''}.${(cents[1] ?? '').padStart(2, '0')}`);
    } else {
      out.push(run.text);
    }
    at = run.next;
  }
  // "one" is a pronoun as often as a number: the word wins, whichever way it was written.
  return out.map((token) => (token === '1' ? 'one' : token));
};
