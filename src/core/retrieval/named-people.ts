/** Which of a meeting's speakers a question names, in whatever form people use. */
import { isFunctionWord } from '../understand/extractive/stop-words.ts';
import { hasJoinedScript, normalise, tokenise } from '../understand/extractive/words.ts';
import type { Token } from '../understand/extractive/words.ts';

/** Where in a question a speaker is named. */
export interface Naming {
  /** Display names, as they stand in the transcript; several when they are all called so. Never empty. */
  readonly speakers: readonly string[];
  /** Offsets in the question of the first UTF-16 unit of the name, and of the one after the last. */
  readonly start: number;
  readonly end: number;
}

/** Titles and letters around names. */
const TITLES: ReadonlySet<string> = new Set(
  'mr mrs ms miss dr prof hon sir madam the rt right honourable am mp mla jr sr'.split(' '),
);
/** Words of names that recorders gave: alone they call nobody. */
const CALLS_NOBODY: ReadonlySet<string> = new Set('speaker voice unknown guest user host unnamed person'.split(' '));
/** What people add to a role. */
const ROLE_NOUN = /^(?:expert|designer|manager|lead|specialist|person)$/u;
/** More speakers than this called by one word: it calls nobody in particular. */
const MOST_CALLED = 3;
const LONGEST_NAME_WORDS = 4;
/** Words of at least so many letters are the same in a name when one begins the other: "design" and "designer". */
const SHARED_STEM_LETTERS = 6;

interface Called {
  readonly display: string;
  /** Words of the name without titles. */
  readonly words: readonly string[];
  /** Words of what stands in brackets behind it: an office, a constituency. */
  readonly office: readonly string[];
}

const wordsOf = (text: string): string[] => tokenise(text).map(({ norm }) => norm);

function calledOf(display: string): Called {
  const bracket = /^(?<name>[^(（]*)[(（](?<office>[^)）]*)/u.exec(display);
  return {
    display,
    words: wordsOf(bracket?.groups?.['name'] ?? display).filter((word) => !TITLES.has(word)),
    office: wordsOf(bracket?.groups?.['office'] ?? ''),
  };
}

function sameWord(asked: string, own: string): boolean {
  if (asked === own) return true;
  const shorter = Math.min(asked.length, own.length);
  return shorter >= SHARED_STEM_LETTERS && (asked.startsWith(own) || own.startsWith(asked));
}

const withoutPossessive = (norm: string): string => norm.replace(/'s$|'$/u, '');

/** Lower case letters in front of a verb or behind "the" name a role; in the middle of other nouns they do not. */
function standsForPerson(tokens: readonly Token[], from: number, to: number, text: string): boolean {
  const first = tokens[from];
  if (first !== undefined && /^\p{Lu}/u.test(first.text) && (from > 0 || !isFunctionWord(first.norm))) return true;
  const before = tokens[from - 1]?.norm ?? '';
  const after = tokens[to]?.norm ?? '';
  const possessive = tokens[to - 1]?.norm.endsWith("'s") ?? false;
  const ended = to === tokens.length || /^\s*[,?.!]/u.test(text.slice(tokens[to - 1]?.end ?? 0));
  const callsRole = /^(?:the|did|does|do|has|have|was|were|is|by|to|with|from|and|or|that|our)$/u.test(before);
  return (
    callsRole &&
    (possessive ||
      ended ||
      /^(?:expert|manager|designer|team|lead|and|or|\p{L}+(?:ed|s)|think|say|said|want|feel|have|propose|recommend|suggest|learn|agree|disagree|mention|discuss|talk|explain|answer|respond|put|introduce|present|object|promise|ask|tell|mean|plan|do|did|argue|report|expect|like|find|see|know|believe|describe)$/u.test(
        after,
      ))
  );
}

/** Speakers whose name has these words in this order, side by side. */
function speakersCalled(words: readonly string[], all: readonly Called[]): readonly string[] {
  return all
    .filter((called) => {
      for (let at = 0; at + words.length <= called.words.length; at++) {
        if (words.every((word, step) => sameWord(word, called.words[at + step] ?? ''))) return true;
      }
      return false;
    })
    .map(({ display }) => display);
}

/** Speakers who hold the office that is named: "the minister of seniors". */
function officeNamed(
  tokens: readonly Token[],
  from: number,
  all: readonly Called[],
): { readonly speakers: readonly string[]; readonly to: number } | null {
  let best: { readonly speakers: readonly string[]; readonly to: number } | null = null;
  for (const { office } of all) {
    if (office.length === 0 || office[0] !== tokens[from]?.norm) continue;
    let length = 0;
    while (office[length] !== undefined && office[length] === withoutPossessive(tokens[from + length]?.norm ?? ''))
      length++;
    // A lone "minister" is any of them.
    if (length < Math.min(2, office.length) || /^(?:of|for|the|and)$/u.test(office[length - 1] ?? '')) continue;
    if (best === null || from + length > best.to) {
      const named = office.slice(0, length);
      const speakers = all
        .filter((other) => named.every((word, at) => other.office[at] === word))
        .map(({ display }) => display);
      best = { speakers, to: from + length };
    }
  }
  return best;
}

/** Everyone of the same name as those found, however much of it the transcript wrote: "A. Lee" and "A. Lee (Leeds)". */
function withNamesakes(found: readonly string[], all: readonly Called[]): readonly string[] {
  const names = new Set(all.filter(({ display }) => found.includes(display)).map(({ words }) => words.join(' ')));
  return all.filter(({ words }) => names.has(words.join(' '))).map(({ display }) => display);
}

function initialsOf(words: readonly string[]): string {
  return words.map((word) => word[0] ?? '').join('');
}

function inJoinedScript(question: string, all: readonly Called[]): Naming[] {
  const text = normalise(question);
  return all.flatMap(({ display }) => {
    const whole = normalise(display).replace(/\s+/gu, '');
    if (!hasJoinedScript(whole)) return [];
    const characters = Array.from(whole);
    // 王小明 is called 小明, and 王总 or 小王 by people who know only that.
    const forms = characters.length === 3 ? [whole, characters.slice(1).join('')] : [whole];
    for (const form of forms) {
      const at = Array.from(form).length >= 2 ? text.indexOf(form) : -1;
      if (at >= 0) return [{ speakers: [display], start: at, end: at + form.length }];
    }
    return [];
  });
}

/**
 * Speakers named in the question, in the order named: by full, first or last name, by role ("the project manager",
 * "PM"), by office, or by the letter that tells them apart ("C" of "Grad C"). `speakers`: display names of the meeting.
 */
export function peopleNamed(question: string, speakers: readonly string[]): readonly Naming[] {
  const all = [...new Set(speakers)].map(calledOf).filter(({ words }) => words.length > 0);
  const distinct = (found: readonly string[]): number =>
    new Set(all.filter(({ display }) => found.includes(display)).map(({ words }) => words.join(' '))).size;
  const tokens = tokenise(question);
  const namings: Naming[] = inJoinedScript(question, all);
  for (let at = 0; at < tokens.length;) {
    const first = tokens[at];
    if (first === undefined) break;
    const office = officeNamed(tokens, at, all);
    if (office !== null && distinct(office.speakers) <= MOST_CALLED) {
      namings.push({
        speakers: withNamesakes(office.speakers, all),
        start: first.start,
        end: tokens[office.to - 1]?.end ?? first.end,
      });
      at = office.to;
      continue;
    }
    let step = 1;
    for (let length = LONGEST_NAME_WORDS; length >= 1; length--) {
      const run = tokens.slice(at, at + length);
      const last = run.at(-1);
      if (run.length < length || last === undefined || run.some(({ kind }) => kind === 'joined')) continue;
      const words = run.map(({ norm }) => withoutPossessive(norm));
      let found: readonly string[] = [];
      if (length > 1) found = speakersCalled(words, all);
      else if (words[0] !== undefined && words[0].length === 1) {
        const [letter] = words;
        if (/^\p{Lu}/u.test(first.text) && at > 0 && letter !== 'i')
          found = all.filter((called) => called.words.at(-1) === letter).map(({ display }) => display);
      } else if (words[0] !== undefined && !TITLES.has(words[0]) && !CALLS_NOBODY.has(words[0])) {
        // In small letters a lone word calls whoever has no other name: "the professor" is "Professor B", not "the project" a manager.
        const isCapital = /^\p{Lu}/u.test(first.text) && (at > 0 || !isFunctionWord(first.norm));
        found = speakersCalled(
          words,
          isCapital
            ? all
            : all.filter((called) => called.words.every((word) => word === words[0] || word.length === 1)),
        );
        if (found.length > 0 && !standsForPerson(tokens, at, at + 1, question)) found = [];
        if (found.length === 0 && /^\p{Lu}{2,4}(?:'s)?$/u.test(first.text))
          found = all
            .filter((called) => called.words.length > 1 && initialsOf(called.words) === words[0])
            .map(({ display }) => display);
      }
      if (found.length === 0 || distinct(found) > MOST_CALLED) continue;
      const added = tokens[at + length];
      const isRole = added !== undefined && ROLE_NOUN.test(withoutPossessive(added.norm));
      namings.push({ speakers: withNamesakes(found, all), start: first.start, end: isRole ? added.end : last.end });
      step = isRole ? length + 1 : length;
      break;
    }
    at += step;
  }
  return namings.toSorted((a, b) => a.start - b.start);
}
