/** Words of any script: tokens with their place in the text, light stems, and the terms that carry meaning. */
import { isFunctionWord, isStopWord } from './stop-words.ts';

export interface Token {
  /** As written. */
  readonly text: string;
  /** Lower case, NFKC, straight apostrophe. */
  readonly norm: string;
  /** Offset of the first UTF-16 unit in the text, and of the one after the last. */
  readonly start: number;
  readonly end: number;
  /** `joined`: from a script written without spaces, so the word's edges are a guess. */
  readonly kind: 'word' | 'number' | 'joined';
}

// Scripts written without spaces between words.
const JOINED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々〇]`;
const LETTER = String.raw`[[\p{L}\p{M}]--${JOINED}]`;
const TOKEN = new RegExp(
  String.raw`(?<joined>${JOINED}+)|(?<number>\p{Nd}+(?:[.,:\/]\p{Nd}+)*)|(?<word>${LETTER}(?:${LETTER}|\p{Nd})*(?:['’\-]${LETTER}(?:${LETTER}|\p{Nd})*)*)`,
  'gv',
);
const SEGMENTER = new Intl.Segmenter('zh', { granularity: 'word' });
const HAS_JOINED = new RegExp(JOINED, 'v');

const PLAIN = /^[a-z']*$/iv;

export function normalise(word: string): string {
  if (PLAIN.test(word)) return word.toLowerCase();
  return word.normalize('NFKC').toLowerCase().replaceAll('’', "'");
}

/** Whether the text holds any script written without spaces. */
export function hasJoinedScript(text: string): boolean {
  return HAS_JOINED.test(text);
}

/** Words and numbers in order; punctuation, symbols and emoji are no tokens. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const start = match.index;
    const found = match[0];
    if (match.groups?.['joined'] === undefined) {
      const kind = match.groups?.['number'] === undefined ? 'word' : 'number';
      tokens.push({ text: found, norm: normalise(found), start, end: start + found.length, kind });
      continue;
    }
    for (const { segment, index } of SEGMENTER.segment(found)) {
      const at = start + index;
      tokens.push({ text: segment, norm: normalise(segment), start: at, end: at + segment.length, kind: 'joined' });
    }
  }
  return tokens;
}

/** Past forms people use in questions about a meeting, and their base form. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sent: 'send',
    said: 'say',
    made: 'make',
    took: 'take',
    taken: 'take',
    gave: 'give',
    given: 'give',
    went: 'go',
    gone: 'go',
    did: 'do',
    done: 'do',
    had: 'have',
    has: 'have',
    got: 'get',
    came: 'come',
    found: 'find',
    kept: 'keep',
    left: 'leave',
    lost: 'lose',
    met: 'meet',
    paid: 'pay',
    put: 'put',
    ran: 'run',
    saw: 'see',
    seen: 'see',
    sold: 'sell',
    told: 'tell',
    thought: 'think',
    wrote: 'write',
    written: 'write',
    chose: 'choose',
    chosen: 'choose',
    spoke: 'speak',
    spoken: 'speak',
    built: 'build',
    bought: 'buy',
    brought: 'bring',
    began: 'begin',
    begun: 'begin',
    broke: 'break',
    broken: 'break',
    spent: 'spend',
    froze: 'freeze',
    frozen: 'freeze',
    held: 'hold',
    led: 'lead',
    meant: 'mean',
    rose: 'rise',
    risen: 'rise',
    grew: 'grow',
    grown: 'grow',
    knew: 'know',
    known: 'know',
    people: 'person',
    men: 'man',
    women: 'woman',
    children: 'child',
  }),
);

/** The part of an English word that its forms share; other words come back as they are. Light: it never joins unrelated words to be safe. */
export function stem(norm: string): string {
  const irregular = IRREGULAR.get(norm);
  if (irregular !== undefined) return irregular;
  let word = norm.endsWith("'s") ? norm.slice(0, -2) : norm;
  if (word.length < 4 || !/^[a-z]+$/u.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) word = `${word.slice(0, -3)}y`;
  else if (/(?:ss|x|ch|sh)es$/u.test(word)) word = word.slice(0, -2);
  else if (word.endsWith('s') && !/(?:ss|us|is)$/u.test(word)) word = word.slice(0, -1);
  const bare = /^(.*[aeiouy].*?)(?:ing|ed)$/u.exec(word)?.[1];
  if (bare !== undefined && bare.length >= 3) {
    word = /([bdgklmnprt])\1$/u.test(bare) ? bare.slice(0, -1) : bare;
  }
  return word.length > 4 && word.endsWith('e')
    ? word.slice(0, -1)
    : word.endsWith('ie')
      ? `${word.slice(0, -2)}y`
      : word;
}

/**
 * What a text is about, for comparing texts: stems of its words that are no stop words; for scripts without spaces,
 * pairs of neighbouring characters too, because word edges are guessed and may differ between texts.
 */
export function contentTerms(tokens: readonly Token[]): string[] {
  const terms: string[] = [];
  for (const token of tokens) {
    if (isStopWord(token.norm)) continue;
    if (token.kind !== 'joined') {
      if (token.norm.length > 1 || token.kind === 'number') terms.push(stem(token.norm));
      continue;
    }
    const characters = Array.from(token.norm);
    if (characters.length <= 2) terms.push(token.norm);
    else for (let i = 1; i < characters.length; i++) terms.push(`${characters[i - 1]}${characters[i]}`);
  }
  return terms;
}

/** Terms like {@link contentTerms}, dropping grammar only: talk words may matter in a question. */
export function questionTerms(tokens: readonly Token[]): string[] {
  const terms: string[] = [];
  for (const token of tokens) {
    if (isFunctionWord(token.norm)) continue;
    if (token.kind === 'joined') {
      const characters = Array.from(token.norm);
      if (characters.length <= 2) terms.push(token.norm);
      else for (let i = 1; i < characters.length; i++) terms.push(`${characters[i - 1]}${characters[i]}`);
    } else terms.push(stem(token.norm));
  }
  return terms;
}

/** Length in words, where two characters of a script without spaces count as one word. */
export function wordCount(tokens: readonly Token[]): number {
  let count = 0;
  for (const token of tokens) count += token.kind === 'joined' ? Array.from(token.text).length / 2 : 1;
  return count;
}
