/** Whether a claim says what its evidence says, as far as code can tell: beyond facts, its words, its tongue, its markup. */
import { detectLanguage } from '../import-transcript/detect-language.ts';
import { bearsOut, compact, groundsOf, translationBearsOut } from './facts.ts';
import type { Grounds } from './facts.ts';
import { contentTerms, stem, tokenise } from './extractive/words.ts';
import { liveMarkup, unmasked } from './markup.ts';

/**
 * Share of a claim's content words that its evidence must have: a paraphrase keeps its matter's terms, a text about
 * something else meets them by accident only. Of sentences that people wrote about meetings (QMSum, evidence from
 * ExplainMeetSum) four in five share this much with what they rest on, and one in twenty with other turns.
 */
const LEAST_SHARED = 0.3;

/** What is cited, in which languages, and by whom. */
export interface Evidence {
  readonly grounds: Grounds;
  /** What was said, in one text. */
  readonly text: string;
  /** `text` and its cleaned form for comparing: lower case, no spaces, nothing invisible. */
  readonly run: string;
  /** ISO 639-1, one for each utterance. */
  readonly languages: ReadonlySet<string>;
  /** What the speakers are called. A name is not something said: whoever chose it may have put anything there. */
  readonly speakers: readonly string[];
}

/** `text`: what was said; `cleaned`: the same without fillers. */
export function evidenceOf(
  said: { readonly text: string; readonly cleaned: string },
  speakers: readonly string[],
  languages: Iterable<string>,
): Evidence {
  return {
    grounds: groundsOf([said.text, said.cleaned], speakers),
    text: said.text,
    run: compact(unmasked(`${said.text}\n${said.cleaned}`)),
    languages: new Set(languages),
    speakers,
  };
}

/** Names known in the meeting, lower case. */
export interface KnownNames {
  /** Its speakers' and others'. */
  readonly all: ReadonlySet<string>;
  readonly speakers: ReadonlySet<string>;
}

/** Fewer letters than these are found in any text. */
const SHORT = 4;

function wordsOnly(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

function shared(claim: string, { grounds, run, speakers }: Evidence, least: number): boolean {
  const tokens = tokenise(claim);
  const names = new Set(speakers.flatMap((name) => contentTerms(tokenise(name))));
  const terms = new Set(contentTerms(tokens)).difference(names);
  // Nothing but grammar, names and signs: then it has to be said in these words.
  if (terms.size === 0) {
    const words = wordsOnly(compact(claim));
    return words.length < SHORT ? run.includes(compact(unmasked(claim))) : wordsOnly(run).includes(words);
  }
  let found = 0;
  for (const term of terms) {
    if (grounds.words.has(term) || grounds.words.has(stem(term)) || run.includes(compact(term))) found++;
  }
  return found >= Math.max(1, terms.size * least);
}

/** Whether every mention, link and piece of markup in the text was said by somebody, however it was masked. */
export function markupSaid(text: string, { run }: Pick<Evidence, 'run'>): boolean {
  return liveMarkup(text).every((markup) => run.includes(compact(markup)));
}

type Script = 'latin' | 'han' | 'kana' | 'hangul' | 'cyrillic' | 'other';

/** The writing most of a text is in; a Han character counts for three letters, about what it stands for. */
function scriptOf(text: string): Script | null {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const kana = count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const counts: [Script, number][] = [
    ['latin', count(/\p{Script=Latin}/gu)],
    ['han', count(/\p{Script=Han}/gu) * 3],
    ['hangul', count(/\p{Script=Hangul}/gu) * 3],
    ['cyrillic', count(/\p{Script=Cyrillic}/gu)],
  ];
  const letters = count(/\p{L}/gu);
  const [most] = counts.toSorted((a, b) => b[1] - a[1]);
  if (letters === 0) return null;
  if (kana * 6 > letters) return 'kana';
  return most === undefined || most[1] * 2 < letters ? 'other' : most[0];
}

const SCRIPTS: Readonly<Record<string, readonly Script[]>> = {
  zh: ['han'],
  ja: ['kana', 'han'],
  ko: ['hangul'],
  ru: ['cyrillic'],
  uk: ['cyrillic'],
  bg: ['cyrillic'],
  sr: ['cyrillic', 'latin'],
  ...Object.fromEntries('ar el fa he hi th ur'.split(' ').map((language) => [language, ['other']])),
};

/**
 * Whether the claim is in the language that was asked for and everything it cites is in another, so that words cannot
 * be compared.
 */
function isTranslated(claim: string, evidence: Evidence, writtenIn: string | null): boolean {
  const [own, said] = [scriptOf(claim), scriptOf(evidence.text)];
  if (writtenIn === null || own === null || said === null) return false;
  if (!(SCRIPTS[writtenIn] ?? ['latin']).includes(own)) return false;
  if (own !== said) return true;
  return detectLanguage(claim) === writtenIn && !evidence.languages.has(writtenIn) && !evidence.languages.has('und');
}

/** `writtenIn`: the language the claim should be in; null: nobody knows, and it is in that of its evidence. `least`: share of its words to be found. */
export function supports(
  claim: string,
  evidence: Evidence,
  names: KnownNames,
  writtenIn: string | null,
  least = LEAST_SHARED,
): boolean {
  const { grounds, languages } = evidence;
  if (!markupSaid(claim, evidence)) return false;
  // German writes every noun with a capital: there only speakers' names are known to be names.
  const capitalised = detectLanguage(claim) === 'de' ? names.speakers : null;
  if (shared(claim, evidence, least) && bearsOut(claim, grounds, names.all, capitalised)) return true;
  return (
    isTranslated(claim, evidence, writtenIn) && translationBearsOut(claim, grounds, names.all, languages, capitalised)
  );
}
