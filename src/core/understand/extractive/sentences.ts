/** Utterances cut into sentences, the unit that is quoted. Punctuation is used where it is and done without where not. */
import type { Ms, Speaker, Utterance } from '../../model.ts';
import { speakerKey } from '../../speaker.ts';
import { clean } from './clean.ts';
import { splitAtSplices } from './comma-splices.ts';
import { contentTerms, tokenise, wordCount } from './words.ts';
import type { Token } from './words.ts';

export interface Sentence {
  /** Position among the meeting's sentences. */
  readonly index: number;
  /** Position of its first utterance in the transcript. */
  readonly turn: number;
  /** The utterances its words come from; more than one when the speaker paused inside it. */
  readonly utterances: readonly [Utterance, ...Utterance[]];
  readonly speaker: Speaker;
  readonly speakerKey: string;
  /** Cleaned of fillers, never empty. */
  readonly text: string;
  readonly startMs: Ms;
  readonly endMs: Ms;
  readonly tokens: readonly Token[];
  readonly terms: readonly string[];
  /** In words; characters of scripts without spaces count half. */
  readonly length: number;
  /** It began after a comma by which a recogniser joined it to what the speaker said before. */
  readonly spliced: boolean;
}

/** Longer than this without a full stop, text is cut at its clauses: about 15 seconds of talk. */
const LONGEST_SENTENCE_WORDS = 45;
/** A pause within a sentence; after a longer one the speaker starts anew. */
const PAUSE_IN_SENTENCE_MS = 1000;

const ENDS = /[.!?。！？…][)\]"'”’」』]*$/u;
const ABBREVIATION = /(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|vs|etc|e\.g|i\.e|approx|no|inc|ltd|jr|sr|[A-Z])\.$/iu;
const CLAUSE_START = /[,;，；]\s*|\s+(?=(?:and then|and so|so then|but|because|and|so|which|then)\s)/giu;

/** Ends in a denial, which must stay with what it denies: "not just | because it is cheap". */
const DENIES = /(?:\bnot|n['’]t|\bnever)(?:\s+(?:just|only|even|so|much))*[\s,;]*$/iu;

/** What chat writes in angle brackets: `<!channel>`, `<https://example.org/?q=1|here>`. */
const MARKUP = /<[^\s<>][^<>]{0,200}>/gu;

/** Splits at full stops, question and exclamation marks, in Western and Eastern form; no piece is empty. */
export function splitAtStops(text: string): string[] {
  const pieces: string[] = [];
  const markup = Array.from(text.matchAll(MARKUP), (match) => [match.index, match.index + match[0].length] as const);
  let start = 0;
  for (const match of text.matchAll(/[.!?…]+[)\]"'”’]*(?=\s)|[。！？!?]+[」』”’)]*/gu)) {
    const end = match.index + match[0].length;
    const piece = text.slice(start, end);
    if (markup.some(([from, to]) => from < match.index && match.index < to)) continue;
    if (ABBREVIATION.test(piece) && text.slice(end).trim() !== '') continue;
    pieces.push(piece);
    start = end;
  }
  pieces.push(text.slice(start));
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

/** Cuts an overlong stretch at clause starts, into pieces of at most about the longest sentence. */
function splitAtClauses(text: string): string[] {
  if (wordCount(tokenise(text)) <= LONGEST_SENTENCE_WORDS) return [text];
  const clauses: string[] = [];
  let start = 0;
  for (const match of text.matchAll(CLAUSE_START)) {
    const end = match.index + match[0].length;
    if (DENIES.test(text.slice(start, end))) continue;
    clauses.push(text.slice(start, end));
    start = end;
  }
  clauses.push(text.slice(start));
  const pieces: string[] = [];
  let held = '';
  let heldWords = 0;
  for (const clause of clauses) {
    const words = wordCount(tokenise(clause));
    if (held !== '' && heldWords + words > LONGEST_SENTENCE_WORDS * 0.6) {
      pieces.push(held.trim());
      held = '';
      heldWords = 0;
    }
    held += clause;
    heldWords += words;
  }
  pieces.push(held.trim());
  return pieces.filter((piece) => piece !== '');
}

interface Run {
  readonly turn: number;
  readonly utterances: [Utterance, ...Utterance[]];
  /** Text of all its utterances, and the offset at which each begins. */
  text: string;
  readonly offsets: number[];
}

function continues(run: Run, next: Utterance): boolean {
  const last = run.utterances.at(-1);
  if (last === undefined || speakerKey(last.speaker) !== speakerKey(next.speaker)) return false;
  if (next.startMs - last.endMs > PAUSE_IN_SENTENCE_MS || next.startMs < last.startMs) return false;
  // Only a visibly unfinished sentence goes on: no stop before, a small letter after.
  return (
    !ENDS.test(last.text.trim()) && /^\s*[,，]?\s*\p{Ll}/u.test(next.text) && !/\bi\b/u.test(next.text.slice(0, 3))
  );
}

function runs(utterances: readonly Utterance[]): Run[] {
  const result: Run[] = [];
  for (const [turn, utterance] of utterances.entries()) {
    const open = result.at(-1);
    if (open !== undefined && open.utterances.length < 6 && continues(open, utterance)) {
      open.offsets.push(open.text.length + 1);
      open.text += ` ${utterance.text}`;
      open.utterances.push(utterance);
    } else result.push({ turn, utterances: [utterance], text: utterance.text, offsets: [0] });
  }
  return result;
}

/** Every sentence of the utterances, in order. Stretches with nothing but fillers or symbols give none. */
export function sentencesOf(utterances: readonly Utterance[]): Sentence[] {
  const sentences: Sentence[] = [];
  for (const run of runs(utterances)) {
    let from = 0;
    for (const piece of splitAtStops(run.text).flatMap(splitAtSplices).flatMap(splitAtClauses)) {
      const start = Math.max(from, run.text.indexOf(piece, from));
      const end = start + piece.length;
      from = end;
      const text = clean(piece);
      const tokens = tokenise(text);
      if (tokens.length === 0) continue;
      const last = run.offsets.findLastIndex((offset) => offset < end);
      const first = Math.min(
        run.offsets.findLastIndex((offset) => offset <= start),
        last,
      );
      const [head, ...tail] = run.utterances.slice(Math.max(0, first), last + 1);
      if (head === undefined) continue;
      sentences.push({
        index: sentences.length,
        turn: run.turn + Math.max(0, first),
        utterances: [head, ...tail],
        speaker: head.speaker,
        speakerKey: speakerKey(head.speaker),
        text,
        startMs: head.startMs,
        endMs: (tail.at(-1) ?? head).endMs,
        tokens,
        terms: contentTerms(tokens),
        length: wordCount(tokens),
        spliced: /[,，]\s*$/u.test(run.text.slice(0, start)) && /\p{Lu}/u.test(run.text.slice(0, 1)),
      });
    }
  }
  return sentences;
}
