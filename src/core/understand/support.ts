/** Whether a claim says what its evidence says, as far as code can tell: beyond facts, its words, its tongue, its markup. */
import { detectLanguage } from '../import-transcript/detect-language.ts';
import { bearsOut, compact, translationBearsOut } from './facts.ts';
import type { Grounds } from './facts.ts';
import { contentTerms, stem, tokenise } from './extractive/words.ts';
import { liveMarkup, unmasked } from './markup.ts';

/**
 * Share of a claim's content words that its evidence must have: a paraphrase keeps its matter's terms, a text about
 * something else meets them by accident only.
 */
const LEAST_SHARED = 0.3;

/** What is cited, and in which languages. */
export interface Evidence {
  readonly grounds: Grounds;
  /** What was said, in one text. */
  readonly text: string;
  /** ISO 639-1, one for each utterance. */
  readonly languages: ReadonlySet<string>;
}

/** Names known in the meeting, lower case. */
export interface KnownNames {
  /** Its speakers' and others'. */
  readonly all: ReadonlySet<string>;
  readonly speakers: ReadonlySet<string>;
}

function shared(claim: string, { grounds }: Evidence, least: number): boolean {
  const terms = new Set(contentTerms(tokenise(claim)));
  if (terms.size === 0) return true;
  let found = 0;
  for (const term of terms) {
    if (grounds.words.has(term) || grounds.words.has(stem(term)) || grounds.run.includes(compact(term))) found++;
  }
  return found >= Math.max(1, terms.size * least);
}

/** Whether the markup is in what was said, `run`, however it was masked there. */
function occurs(markup: string, run: string): boolean {
  return compact(unmasked(run)).includes(compact(markup));
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

/** Whether the claim is in another tongue than everything it cites, so that words cannot be compared. */
function isTranslated(claim: string, evidence: Evidence, writtenIn: string | null): boolean {
  const [own, said] = [scriptOf(claim), scriptOf(evidence.text)];
  if (own === null || said === null) return false;
  if (own !== said) return true;
  const language = detectLanguage(claim);
  if (language === 'und' || (writtenIn !== null && writtenIn !== language)) return false;
  return [...evidence.languages].every((spoken) => spoken !== language && spoken !== 'und');
}

/** `writtenIn`: the language the claim should be in; null: nobody said. `least`: share of its words to be found. */
export function supports(
  claim: string,
  evidence: Evidence,
  names: KnownNames,
  writtenIn: string | null,
  least = LEAST_SHARED,
): boolean {
  const { grounds, languages } = evidence;
  if (!liveMarkup(claim).every((markup) => occurs(markup, grounds.run))) return false;
  // German writes every noun with a capital: there only speakers' names are known to be names.
  const capitalised = detectLanguage(claim) === 'de' ? names.speakers : null;
  if (shared(claim, evidence, least) && bearsOut(claim, grounds, names.all, capitalised)) return true;
  return (
    isTranslated(claim, evidence, writtenIn) && translationBearsOut(claim, grounds, names.all, languages, capitalised)
  );
}
