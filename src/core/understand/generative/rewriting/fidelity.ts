/** Whether other words say the same, as far as code can tell: numbers, names, markup, language, length. */
import { detectLanguage } from '../../../import-transcript/detect-language.ts';
import { isStopWord } from '../../extractive/stop-words.ts';
import { clean } from '../../extractive/clean.ts';
import { contentTerms, tokenise } from '../../extractive/words.ts';
import { bearsOut, compact, givenIn, groundsOf, sameFacts } from '../../facts.ts';
import { liveMarkup, unmasked } from '../../markup.ts';

const JOINED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
/** A Chinese character says about what three letters do. */
const JOINED_WEIGHT = 2.5;

/** Length in letters, whatever the script. */
function weight(text: string): number {
  const joined = text.match(JOINED)?.length ?? 0;
  return text.length + joined * (JOINED_WEIGHT - 1);
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** Mentions, links and markup that were not said would come alive in a chat. */
function addsMarkup(source: string, text: string): boolean {
  const said = compact(unmasked(source));
  return liveMarkup(text).some((markup) => !said.includes(compact(markup)));
}

/** Digits with the scale after them: what nobody may get wrong. */
const WRITTEN = /\d+(?:[.,:/]\d+)*(?:\s*(?:[百千万亿]+|thousand|million|billion|k\b))?/giu;

function writtenNumbers(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .replace(/(?<=\d)[\s'’](?=\d{3}(?!\d))/gu, '')
      .match(WRITTEN) ?? []
  );
}

/** Whether a number that one text has in digits is in the other, in whatever form: "1,000", "1.000", 一千, "thousand". */
function isTold(written: string, other: string, told: ReadonlySet<string>): boolean {
  if ([...givenIn(written).numbers].every((value) => told.has(value))) return true;
  const digits = written.replace(/\D/gu, '');
  if (writtenNumbers(other).some((candidate) => candidate.replace(/\D/gu, '') === digits)) return true;
  return (written.match(/\d+/gu) ?? []).every((part) => told.has(String(Number(part))));
}

/** Languages whose spelled numbers are recognised. */
const SPELLING: ReadonlySet<string> = new Set(['en', 'zh', 'ja']);
/** Numbers up to this are often written as words. */
const MOST_SPELLED = 20;
const MONTHS =
  /\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b/iu;
const MONTH_STEMS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Numbers of the months named: October is 10月. */
function monthsIn(text: string): ReadonlySet<number> {
  const named = [...text.matchAll(new RegExp(MONTHS, 'giu'))];
  return new Set(named.map(([name]) => MONTH_STEMS.indexOf(name.slice(0, 3).toLowerCase()) + 1));
}

function maySpell(written: string, language: string): boolean {
  return !SPELLING.has(language) && /^\d+$/u.test(written) && Number(written) <= MOST_SPELLED;
}

/** "Three million, four people" is two numbers: any word between them tells them apart. */
function apart(text: string): string {
  return text.replace(/,(?=\s+\p{L})/gu, ' then');
}

/**
 * Digits on either side must be on the other. Spelled numbers are compared where both spellings are known, and only a
 * number that has become another is held against a translation: 周三 holds a three that "Wednesday" does not.
 */
function keepsNumbers(source: string, text: string, from: string, to: string): boolean {
  const [apartSource, apartText] = [apart(source), apart(text)];
  const inSource = groundsOf([apartSource], []).numbers;
  const inText = groundsOf([apartText], []).numbers;
  const [monthsSaid, monthsWritten] = [monthsIn(source), monthsIn(text)];
  const added = writtenNumbers(text).some(
    (written) => !isTold(written, source, inSource) && !maySpell(written, from) && !monthsSaid.has(Number(written)),
  );
  if (added) return false;
  const lost = writtenNumbers(source).some(
    (written) => !isTold(written, text, inText) && !maySpell(written, to) && !monthsWritten.has(Number(written)),
  );
  if (lost) return false;
  if (!SPELLING.has(from) || !SPELLING.has(to)) return true;
  const gone = [...givenIn(apartSource).numbers].some((value) => !inText.has(value) && !/^\d+[.:/]/u.test(value));
  const come = [...givenIn(apartText).numbers].some((value) => !inSource.has(value) && !/^\d+[.:/]/u.test(value));
  return !(gone && come);
}

/** Languages that leave foreign names as they are written, so that one that is missing was lost. */
const KEEPING_NAMES: ReadonlySet<string> = new Set(['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'zh', 'ja', 'ko']);

/** Names of people in the meeting that the source has in Latin letters. */
function keepsNames(source: string, text: string, to: string, names: readonly string[]): boolean {
  if (!KEEPING_NAMES.has(to)) return true;
  const written = text.toLowerCase();
  return names.every((name) => {
    const isNamed = new RegExp(String.raw`(?<![\p{L}\p{N}])${RegExp.escape(name)}(?![\p{L}\p{N}])`, 'u').test(source);
    return !isNamed || written.includes(name.toLowerCase());
  });
}

/** Words of people's names that can be told from other words, in Latin letters. */
export function latinNames(displayNames: readonly string[]): readonly string[] {
  const words = displayNames.flatMap((name) => name.match(/\p{Lu}[\p{Script=Latin}'’-]{2,}/gu) ?? []);
  return [...new Set(words)].filter((word) => !isStopWord(word.toLowerCase()) && !MONTHS.test(word));
}

/** Texts with fewer letters are names and terms, which may stay as they are. */
const ENOUGH_LETTERS = 24;

function isUntranslated(source: string, text: string, to: string): boolean {
  if ((text.match(/\p{L}/gu)?.length ?? 0) < (text.search(JOINED) >= 0 ? ENOUGH_LETTERS / 3 : ENOUGH_LETTERS))
    return false;
  const language = detectLanguage(text);
  return language !== 'und' && language !== to && language === detectLanguage(source);
}

/** From and to: ISO 639-1. `names`: see `latinNames`. */
export function isFaithfulTranslation(
  source: string,
  text: string,
  options: { readonly from: string; readonly to: string; readonly names: readonly string[] },
): boolean {
  const { from, to, names } = options;
  if (!hasWords(text)) return false;
  const [before, after] = [weight(source), weight(text)];
  // Three times as long, or a sixth, is another text: no two languages differ by more.
  if (after > before * 3 + 40 || (before > 60 && after < before / 6)) return false;
  return (
    !addsMarkup(source, text) &&
    keepsNumbers(source, text, from, to) &&
    keepsNames(source, text, to, names) &&
    !isUntranslated(source, text, to)
  );
}

/** Share of the words that matter which polishing must keep, and of its own that must have been said. */
const LEAST_KEPT = 0.5;

function sharedTerms(text: string, other: string): number {
  const terms = new Set(contentTerms(tokenise(text.replace(/(?<=\p{L})-(?=\p{L})/gu, ' '))));
  if (terms.size === 0) return 1;
  const there = groundsOf([other], []);
  const found = [...terms].filter((term) => there.words.has(term) || there.run.includes(compact(term)));
  return found.length / terms.size;
}

/** `names`: known in the meeting, lower case (see `knownNames`). Polished words are the same words, put better. */
export function isFaithfulPolish(source: string, text: string, names: ReadonlySet<string>): boolean {
  if (!hasWords(text)) return false;
  const cleaned = clean(source);
  const reference = hasWords(cleaned) ? cleaned : source;
  if (weight(text) > weight(source) * 1.5 + 20 || weight(text) < weight(reference) * 0.35) return false;
  if (addsMarkup(source, text)) return false;
  if (!sameFacts(reference, text) && !sameFacts(source, text)) return false;
  // "We shouldn't, you know, ship" denies the shipping, whatever the commas say.
  const closed = cleaned.replace(/(?<=n['’]t|\bnot|\bnever),(?=\s)/giu, '');
  const isBorneOut = [[source, cleaned], [closed]].some((texts) => bearsOut(text, groundsOf(texts, []), names));
  if (!isBorneOut) return false;
  const [said, written] = [detectLanguage(source), detectLanguage(text)];
  if (said !== written && said !== 'und' && written !== 'und') return false;
  return sharedTerms(text, source) >= LEAST_KEPT && sharedTerms(reference, text) >= LEAST_KEPT;
}
