/**
 * The parts of a sentence that must not be wrong: numbers, dates, names and negations, in forms that compare equal
 * however they were written ("17" and "seventeen", "Fri" and "Friday", "3月" and "三月").
 */
import { isFunctionWord, isStopWord } from './extractive/stop-words.ts';
import { normalise, stem, tokenise } from './extractive/words.ts';
import type { Token } from './extractive/words.ts';

const UNITS: ReadonlyMap<string, number> = new Map(
  (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
    'eighteen nineteen'
  )
    .split(' ')
    .map((word, value) => [word, value]),
);
const TENS: ReadonlyMap<string, number> = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, at) => [word, (at + 2) * 10]),
);
const ORDINALS: ReadonlyMap<string, number> = new Map([
  ...(
    'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth ' +
    'sixteenth seventeenth eighteenth nineteenth'
  )
    .split(' ')
    .map((word, at): [string, number] => [word, at + 1]),
  ...'twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth'
    .split(' ')
    .map((word, at): [string, number] => [word, (at + 2) * 10]),
]);
const SCALES: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1e6],
  ['billion', 1e9],
]);
const HAN_DIGITS: ReadonlyMap<string, number> = new Map([
  ...Array.from('零一二三四五六七八九').map((digit, value): [string, number] => [digit, value]),
  ['〇', 0],
  ['两', 2],
]);
const HAN_SCALES: ReadonlyMap<string, number> = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
]);
const HAN_MYRIADS: ReadonlyMap<string, number> = new Map([
  ['万', 1e4],
  ['亿', 1e8],
]);

function hanValue(digits: string): number {
  // A row of digits without scales is read digit by digit, as years are: 二〇二六.
  if (!Array.from(digits).some((digit) => HAN_SCALES.has(digit) || HAN_MYRIADS.has(digit))) {
    return Number(
      Array.from(digits)
        .map((digit) => HAN_DIGITS.get(digit) ?? 0)
        .join(''),
    );
  }
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const character of digits) {
    const scale = HAN_SCALES.get(character);
    const myriad = HAN_MYRIADS.get(character);
    if (scale !== undefined) {
      section += (digit === 0 ? 1 : digit) * scale;
      digit = 0;
    } else if (myriad !== undefined) {
      total += (section + digit === 0 ? 1 : section + digit) * myriad;
      section = 0;
      digit = 0;
    } else digit = HAN_DIGITS.get(character) ?? 0;
  }
  return total + section + digit;
}

interface NumberFacts {
  /** Every number as a whole. */
  readonly wholes: Set<string>;
  /** The wholes and every part of them: "twenty three" is also 20 and 3. */
  readonly parts: Set<string>;
}

/** Spelled English numbers over consecutive words. */
function spelled(tokens: readonly Token[], facts: NumberFacts): void {
  const words = tokens.flatMap((token) => (token.kind === 'joined' ? ['\n'] : token.norm.split('-')));
  let total = 0;
  let group = 0;
  let open = false;
  let lastUnit = false;
  let ambiguous = false;
  const close = (): void => {
    if (open && !ambiguous) facts.wholes.add(String(total + group));
    if (open) facts.parts.add(String(total + group));
    total = 0;
    group = 0;
    open = false;
    lastUnit = false;
  };
  for (const word of words) {
    const unit = UNITS.get(word) ?? ORDINALS.get(word);
    const tens = TENS.get(word);
    const scale = SCALES.get(word);
    if (unit !== undefined || tens !== undefined) {
      const value = unit ?? tens ?? 0;
      if (lastUnit || (tens !== undefined && group % 100 !== 0)) close();
      // "one" is mostly a pronoun and "second" a moment: alone they are no number to insist on.
      ambiguous = !open && (word === 'one' || word === 'first' || word === 'second');
      group += value;
      facts.parts.add(String(value));
      open = true;
      lastUnit = unit !== undefined;
    } else if (scale !== undefined && open) {
      ambiguous = false;
      lastUnit = false;
      if (scale === 100) group *= 100;
      else {
        total += group * scale;
        group = 0;
      }
    } else if (!(word === 'and' && open && group % 100 === 0 && group > 0)) close();
  }
  close();
}

function numbersOf(text: string, tokens: readonly Token[]): NumberFacts {
  const facts: NumberFacts = { wholes: new Set(), parts: new Set() };
  const add = (value: string): void => {
    facts.wholes.add(value);
    facts.parts.add(value);
  };
  for (const match of text
    .normalize('NFKC')
    .matchAll(/\d+(?:[.,:/]\d+)*(?:\s*([百千万亿]+|thousand|million|billion|k\b))?/giu)) {
    const written = /^[\d.,:/]+/u.exec(match[0])?.[0] ?? '';
    const plain = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u.test(written) ? written.replaceAll(',', '') : written;
    const scaleWord = match[1]?.toLowerCase();
    if (scaleWord !== undefined) {
      const scale = /^[百千万亿]/u.test(scaleWord)
        ? hanValue(scaleWord)
        : scaleWord === 'k'
          ? 1000
          : (SCALES.get(scaleWord) ?? 1);
      facts.wholes.add(String(Number(plain) * scale));
      facts.parts.add(String(Number(plain) * scale));
    } else add(/^\d+$/u.test(plain) ? String(Number(plain)) : plain);
    for (const part of plain.match(/\d+/gu) ?? []) facts.parts.add(String(Number(part)));
    facts.parts.add(String(Number(plain)));
  }
  for (const match of text.matchAll(/[零〇一二两三四五六七八九十百千万亿]+/gu)) {
    const value = String(hanValue(match[0]));
    facts.parts.add(value);
    // 一 and 两 are mostly articles, 万一 and 千万 mostly adverbs.
    if (!/^(?:一|两|万|亿|千|百|千万|万一|万万)$/u.test(match[0])) facts.wholes.add(value);
    for (const character of match[0]) facts.parts.add(String(hanValue(character)));
  }
  spelled(tokens, facts);
  return facts;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_NAMES =
  /^(january|february|march|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$/u;
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const DAY_NAMES =
  /^(sundays?|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sun|mon|tues?|wed|thurs?|thu|fri|sat)$/u;
const RELATIVE_DAYS = new Set(['today', 'tomorrow', 'yesterday', 'tonight']);
const HAN_DAYS = '日一二三四五六';

/** Months, weekdays and relative days named in the text; short forms count only when written as a name. */
function datesOf(text: string, tokens: readonly Token[], strict: boolean): Set<string> {
  const dates = new Set<string>();
  for (const token of tokens) {
    const word = token.norm.replace(/'s$/u, '');
    const short = word.length <= 5 && !word.endsWith('day');
    if (strict && short && !/^\p{Lu}/u.test(token.text)) continue;
    if (MONTH_NAMES.test(word)) dates.add(`month ${MONTHS.indexOf(word.slice(0, 3))}`);
    if (DAY_NAMES.test(word)) dates.add(`day ${DAYS.indexOf(word.slice(0, 3))}`);
    if (RELATIVE_DAYS.has(word)) dates.add(word);
  }
  for (const match of text.matchAll(/(?:周|星期|礼拜)([一二三四五六日天])/gu)) {
    dates.add(`day ${HAN_DAYS.indexOf((match[1] ?? '').replace('天', '日'))}`);
  }
  for (const match of text.matchAll(/今天|明天|后天|昨天|前天|今晚|明晚/gu)) dates.add(match[0]);
  return dates;
}

const NEGATIONS = new Set(
  "not no never none nothing nobody neither nor without cannot nowhere can't won't don't ain't hardly unable".split(
    ' ',
  ),
);
const HAN_NEGATION =
  /不(?!过|仅|但|断|同|管|论|如|少|错|得不|妨|止|光)|没(?!错)|未(?!来)|(?<!特|分|区|级|类|差|个|性)别(?!的|人|墅)|无(?!论|人机|线)|勿/gu;

function isNegation(token: Token): boolean {
  return NEGATIONS.has(token.norm) || token.norm.endsWith("n't");
}

/** Whether anything in the text is denied. */
function denies(text: string, tokens: readonly Token[]): boolean {
  return tokens.some(isNegation) || text.search(HAN_NEGATION) >= 0;
}

interface Polarity {
  readonly denied: ReadonlySet<string>;
  readonly plain: ReadonlySet<string>;
}

/** Words a negation reaches: with up to this many grammar words in between ("did not really have to move"). */
const NEGATION_REACH = 4;

/** The words that are denied, and those that are said plainly. A word may be both. */
function polarityOf(text: string, tokens: readonly Token[]): Polarity {
  const denied = new Set<string>();
  const plain = new Set<string>();
  const reached = new Set<number>();
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'joined' || !isNegation(token)) continue;
    for (let next = at + 1; next <= at + NEGATION_REACH; next++) {
      const word = tokens[next];
      const before = tokens[next - 1];
      // A comma or stop ends what "No, …" denies.
      if (word === undefined || before === undefined || /[,.;:!?]/u.test(text.slice(before.end, word.start))) break;
      if (isFunctionWord(word.norm)) continue;
      denied.add(stem(word.norm));
      reached.add(next);
      break;
    }
  }
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'word' && !reached.has(at) && !isFunctionWord(token.norm)) plain.add(stem(token.norm));
  }
  const deniedAt = new Set<number>();
  for (const match of text.matchAll(HAN_NEGATION)) {
    const after = /^[会能要有可以再想用]{0,2}(\p{Script=Han}{2})/u.exec(text.slice(match.index + 1));
    const word = after?.[1];
    if (after === null || word === undefined) continue;
    denied.add(word);
    deniedAt.add(match.index + 1 + after[0].length - word.length);
  }
  for (let at = 0; at + 1 < text.length; at++) {
    const pair = text.slice(at, at + 2);
    if (!deniedAt.has(at) && /^\p{Script=Han}{2}$/u.test(pair)) plain.add(pair);
  }
  return { denied, plain };
}

/** Whether the token is written as a name: a capital on a word that is not simply the first of its sentence. */
function namesWithin(text: string, tokens: readonly Token[]): { readonly name: string; readonly first: boolean }[] {
  const names: { name: string; first: boolean }[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'word' || !/^\p{Lu}/u.test(token.text)) continue;
    const before = tokens[at - 1];
    const first = before === undefined || /[.!?。！？:：;"“'‘(\n]/u.test(text.slice(before.end, token.start));
    const name = token.norm.replace(/'s$/u, '');
    if (isFunctionWord(token.norm) || isFunctionWord(name) || name.length < 2) continue;
    // Dates are compared as dates.
    if (MONTH_NAMES.test(name) || DAY_NAMES.test(name)) continue;
    names.push({ name, first });
  }
  return names;
}

/** What may be said with these utterances as evidence. */
export interface Grounds {
  readonly numbers: ReadonlySet<string>;
  readonly dates: ReadonlySet<string>;
  /** Lower-case words and their stems, speakers' names included. */
  readonly words: ReadonlySet<string>;
  /** The texts without spaces, lower case: for scripts whose word edges are guessed. */
  readonly run: string;
  readonly denies: boolean;
  readonly polarity: Polarity;
}

/** Lower case, NFKC, no spaces. */
export function compact(text: string): string {
  return normalise(text).replace(/\s+/gu, '');
}

/** `texts`: what was said, in the order said, in as many forms (raw, cleaned) as the claim may take it from. */
export function groundsOf(texts: readonly string[], speakerNames: readonly string[]): Grounds {
  const numbers = new Set<string>();
  const dates = new Set<string>();
  const words = new Set<string>();
  for (const text of [...texts, ...speakerNames]) {
    const tokens = tokenise(text);
    for (const part of numbersOf(text, tokens).parts) numbers.add(part);
    for (const date of datesOf(text, tokens, false)) dates.add(date);
    for (const { norm } of tokens) {
      for (const word of [norm, ...norm.split(/[-']/u)]) words.add(word).add(stem(word));
    }
  }
  const said = texts.join('\n');
  const tokens = tokenise(said);
  return {
    numbers,
    dates,
    words,
    run: compact([...texts, ...speakerNames].join('\n')),
    denies: denies(said, tokens),
    polarity: polarityOf(said, tokens),
  };
}

/** Names known in a meeting: its speakers', and words that are capitalised in the middle of a sentence. Lower case. */
export function knownNames(texts: readonly string[], speakerNames: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of texts) {
    for (const { name, first } of namesWithin(text, tokenise(text))) if (!first) names.add(name);
  }
  for (const name of speakerNames) for (const { norm } of tokenise(name)) if (!isStopWord(norm)) names.add(norm);
  return names;
}

/**
 * Whether every number, date, name and negation of the claim is borne out by the grounds, and no denial was lost or moved.
 * `names`: those known in the meeting. `capitalised`: all that a capital within a sentence can name, for languages
 * that write every noun with one; null: any word.
 */
export function bearsOut(
  claim: string,
  grounds: Grounds,
  names: ReadonlySet<string>,
  capitalised: ReadonlySet<string> | null = null,
): boolean {
  const tokens = tokenise(claim);
  for (const number of numbersOf(claim, tokens).wholes) if (!grounds.numbers.has(number)) return false;
  for (const date of datesOf(claim, tokens, true)) if (!grounds.dates.has(date)) return false;
  for (const { name, first } of namesWithin(claim, tokens)) {
    if (first ? !names.has(name) : capitalised?.has(name) === false) continue;
    if (!grounds.words.has(name) && !grounds.words.has(stem(name))) return false;
  }
  if (!joinedNamesStand(tokens, grounds, names)) return false;
  if (denies(claim, tokens) && !grounds.denies) return false;
  const polarity = polarityOf(claim, tokens);
  for (const word of grounds.polarity.denied) {
    const lost = polarity.plain.has(word) && !polarity.denied.has(word) && !grounds.polarity.plain.has(word);
    if (lost) return false;
  }
  for (const word of polarity.denied) {
    if (grounds.polarity.plain.has(word) && !grounds.polarity.denied.has(word)) return false;
  }
  return true;
}

function joinedNamesStand(tokens: readonly Token[], grounds: Grounds, names: ReadonlySet<string>): boolean {
  return tokens.every(({ norm, kind }) => kind !== 'joined' || !names.has(norm) || grounds.run.includes(norm));
}

const SAME_DAYS: readonly (readonly string[])[] = [
  ['today', '今天'],
  ['tomorrow', '明天'],
  ['yesterday', '昨天'],
  ['tonight', '今晚'],
];
/** A Sunday, and the first day of a year, to name weekdays and months by. */
const A_SUNDAY = Date.UTC(2023, 0, 1);
const DAY_MS = 86_400_000;

/** Whether a date in one language is told in the grounds in another. */
function dateTold(date: string, grounds: Grounds, languages: ReadonlySet<string>): boolean {
  if (grounds.dates.has(date)) return true;
  const twins = SAME_DAYS.find((forms) => forms.includes(date));
  if (twins !== undefined) return twins.some((form) => grounds.dates.has(form));
  const [unit, at = ''] = date.split(' ');
  // 三月 is a number to whoever reads Chinese.
  if (unit === 'month' && grounds.numbers.has(String(Number(at) + 1)) && /月/u.test(grounds.run)) return true;
  const moment = unit === 'month' ? Date.UTC(2023, Number(at), 1) : A_SUNDAY + Number(at) * DAY_MS;
  const form = unit === 'month' ? { month: 'long' as const } : { weekday: 'long' as const };
  return [...Intl.DateTimeFormat.supportedLocalesOf([...languages])].some((language) =>
    grounds.run.includes(compact(new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC' }).format(moment))),
  );
}

/**
 * `bearsOut` for a claim in another language than all it cites: numbers, dates, names in Latin letters and made-up
 * denials are compared; what a translation changes (a name's script, the words of a denial) cannot be.
 * `languages`: of what is cited, ISO 639-1. `capitalised`: as for `bearsOut`.
 */
export function translationBearsOut(
  claim: string,
  grounds: Grounds,
  names: ReadonlySet<string>,
  languages: ReadonlySet<string>,
  capitalised: ReadonlySet<string> | null = null,
): boolean {
  const tokens = tokenise(claim);
  // 周五 is a day, whatever figure it is written with.
  for (const number of numbersOf(claim.replace(/(?:周|星期|礼拜)[一二三四五六]/gu, ''), tokens).wholes) {
    const isMonth = grounds.dates.has(`month ${Number(number) - 1}`) && claim.includes('月');
    if (!grounds.numbers.has(number) && !isMonth) return false;
  }
  for (const date of datesOf(claim, tokens, true)) if (!dateTold(date, grounds, languages)) return false;
  // A name said in Han characters is written in Latin letters in some way that code cannot know.
  const mayBeSpelled = /\p{Script=Han}/u.test(grounds.run);
  const inLatin = !tokens.some(({ kind }) => kind === 'joined');
  for (const { name, first } of namesWithin(claim, tokens)) {
    if (inLatin && first && !names.has(name)) continue;
    if (inLatin && !names.has(name) && (mayBeSpelled || capitalised?.has(name) === false)) continue;
    if (!grounds.words.has(name) && !grounds.words.has(stem(name))) return false;
  }
  if (!joinedNamesStand(tokens, grounds, names)) return false;
  return grounds.denies || !denies(claim, tokens) || !languagesOfDenial(languages);
}

/** Whether denials are recognised in all of these languages. */
function languagesOfDenial(languages: ReadonlySet<string>): boolean {
  return [...languages].every((language) => language === 'en' || language === 'zh');
}

/** Whether the text is made of words that were said, in any order. */
export function wordsSaid(text: string, words: ReadonlySet<string>, run: string): boolean {
  const tokens = tokenise(text);
  if (tokens.length === 0) return text.trim() !== '' && run.includes(compact(text));
  return tokens.every(({ norm, kind }) =>
    kind === 'joined' ? run.includes(norm) : words.has(norm) || run.includes(norm.replace(/\s+/gu, '')),
  );
}

/** What kinds of facts a text holds, for telling whether it can answer "how many", "when" or "who". */
export function factKinds(text: string): { readonly number: boolean; readonly date: boolean; readonly name: boolean } {
  const tokens = tokenise(text);
  const { wholes } = numbersOf(text, tokens);
  return {
    number:
      wholes.size > 0 ||
      /\bone\b(?! (?:of|thing|more|that|day))|两|一(?:个|位|名|次|天|周|年|家)|\b(?:half|dozen|twice|once|single|both|none)\b/iu.test(
        text,
      ),
    date: datesOf(text, tokens, true).size > 0 || /\b(?:19|20)\d{2}\b|\d+[月日号点]|[月日号]底/u.test(text),
    name: namesWithin(text, tokens).some(({ first }) => !first),
  };
}

/** Numbers, dates and names a question takes for granted: an answer must speak of them too. */
export function givenIn(question: string): {
  readonly numbers: ReadonlySet<string>;
  readonly dates: ReadonlySet<string>;
  readonly names: readonly string[];
} {
  const tokens = tokenise(question);
  return {
    numbers: numbersOf(question, tokens).wholes,
    dates: datesOf(question, tokens, true),
    names: namesWithin(question, tokens)
      .filter(({ first }) => !first)
      .map(({ name }) => name),
  };
}

function hardFacts(text: string): ReadonlySet<string> {
  const tokens = tokenise(text);
  return new Set([
    ...numbersOf(text, tokens).wholes,
    ...datesOf(text, tokens, true),
    ...(denies(text, tokens) ? ['denied'] : []),
  ]);
}

/** Whether two texts agree in their numbers, their dates and whether they deny. */
export function sameFacts(a: string, b: string): boolean {
  return hardFacts(a).symmetricDifference(hardFacts(b)).size === 0;
}
