/** Runs of neighbouring utterances, the unit that is searched for an answer. */
import type { MeetingId, Ms, Transcript, Utterance } from '../model.ts';
import { speakerName } from '../speaker.ts';
import { hasJoinedScript, tokenise, wordCount } from '../understand/extractive/words.ts';
import { passageTerms } from './question.ts';

/** What one person said in one go. */
export interface Line {
  /** Display name. */
  readonly speaker: string;
  /** See {@link passageTerms}. */
  readonly terms: readonly string[];
  /** In words; characters of scripts without spaces count half. */
  readonly words: number;
}

export interface Passage {
  readonly meetingId: MeetingId;
  /** Passages of one meeting whose numbers follow one another are neighbours. */
  readonly number: number;
  readonly lines: readonly Line[];
  readonly startMs: Ms;
  readonly endMs: Ms;
  /** Length of the meeting, which its passage's place is judged by. */
  readonly durationMs: Ms;
}

/** A passage of about forty seconds: long enough to hold a question and its answer, short enough to be read at once. */
const PASSAGE_WORDS = 100;

export function lineOf(speaker: string, text: string): Line {
  const tokens = tokenise(text);
  return { speaker, terms: passageTerms(tokens), words: wordCount(tokens) };
}

/** Words between spaces, characters of scripts without spaces half: near enough to cut by, and a good deal quicker than tokens. */
function roughWords(text: string): number {
  const spaced = text.split(' ').length;
  return hasJoinedScript(text) ? spaced + text.length / 2 : spaced;
}

/** The transcript's utterances in runs of at least `words` words; only the last may be shorter. Positions of the utterances. */
export function passageRuns(
  utterances: readonly Utterance[],
  words: number = PASSAGE_WORDS,
): readonly { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = [];
  let from = 0;
  let held = 0;
  for (const [at, { text }] of utterances.entries()) {
    held += roughWords(text);
    if (held < words && at + 1 < utterances.length) continue;
    runs.push({ from, to: at + 1 });
    from = at + 1;
    held = 0;
  }
  return runs;
}

/** One passage of a transcript: its utterances from `from` up to but without `to`. */
export function passageOf(
  transcript: Transcript,
  run: { readonly from: number; readonly to: number },
  number: number,
): Passage {
  const { utterances, meetingId } = transcript;
  const own = utterances.slice(run.from, run.to);
  return {
    meetingId,
    number,
    lines: own.map(({ speaker, text }) => lineOf(speakerName(speaker), text)),
    startMs: own[0]?.startMs ?? 0,
    endMs: own.at(-1)?.endMs ?? 0,
    durationMs: utterances.at(-1)?.endMs ?? 0,
  };
}
