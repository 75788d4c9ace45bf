/**
 * What people said, as a model gets to read it: numbered lines between fences that nothing said or named can forge.
 * Numbers are what a reply cites; code turns them back into utterances.
 */
import { createHash } from 'node:crypto';
import type { Transcript, Utterance } from '../../model.ts';
import { isNamed, speakerKey, speakerName } from '../../speaker.ts';
import { formatVttTime } from '../../time.ts';

/** One line of the record. An utterance too long for a window has several lines of the same number. */
export interface EvidenceLine {
  readonly number: number;
  readonly text: string;
  readonly tokens: number;
}

// Every bracket that could pass for the ones around line numbers, and angle brackets that open mentions, tags and
// the marks of chat formats. Round ones and single guillemets mean nothing to anybody.
const OPENING = /[[{［｛【〔〖〚⟦⟨❲⁅⦋]/gu;
const CLOSING = /[\]}］｝】〕〗〛⟧⟩❳⁆⦌]/gu;
const LESS = /[<＜﹤]/gu;
const GREATER = /[>＞﹥]/gu;
/** Rows of the same mark draw fences and headings. */
const FENCES = /(?<mark>[-=_~`#*+|"'—═─])\k<mark>{2,}/gu;
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cf}\p{Co}\p{Cn}]+/gu;

/** The text on one line, with nothing in it that could be taken for the record's own marks. Words stay as they are. */
export function neutral(text: string): string {
  return text
    .replace(UNSEEN, ' ')
    .replace(OPENING, '(')
    .replace(CLOSING, ')')
    .replace(LESS, '‹')
    .replace(GREATER, '›')
    .replace(FENCES, '$<mark>')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** A display name longer than this is cut: nobody is called that. */
const LONGEST_NAME = 60;

/** What each speaker is called in the record, by speaker key; two people of one name are told apart by a number. */
export function namesInRecord(utterances: readonly Utterance[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { speaker } of utterances) {
    const key = speakerKey(speaker);
    if (names.has(key)) continue;
    // A colon would end the name early.
    const plain = neutral(speakerName(speaker))
      .replace(/\s*[:：]\s*/gu, ' ')
      .slice(0, LONGEST_NAME)
      .trim();
    const name = plain === '' || !isNamed(speaker) ? 'Somebody' : plain;
    let unique = name;
    for (let count = 2; taken.has(unique); count++) unique = `${name} (${count})`;
    taken.add(unique);
    names.set(key, unique);
  }
  return names;
}

function clock(utterance: Utterance): string {
  return formatVttTime(utterance.startMs).replace(/\.\d+$/u, '');
}

/** Pieces of at most `size` characters, cut after a stop where there is one, else at a space, else anywhere. */
function pieces(text: string, size: number): string[] {
  const result: string[] = [];
  let rest = text;
  while (rest.length > size) {
    const head = rest.slice(0, size);
    const stop = Math.max(head.search(/[.!?。！？][^.!?。！？]*$/u), head.lastIndexOf('，'));
    const space = head.lastIndexOf(' ');
    let cut = stop > size / 2 ? stop + 1 : space > size / 2 ? space : size;
    // Never between the two halves of one character.
    if (/[\ud800-\udbff]/u.test(rest.charAt(cut - 1))) cut--;
    result.push(rest.slice(0, cut));
    rest = rest.slice(cut).trim();
  }
  if (rest !== '') result.push(rest);
  return result;
}

export interface LineOptions {
  /** Tokens that one line may have. */
  readonly mostTokens: number;
  readonly countTokens: (text: string) => number;
  /** Number of the first line. */
  readonly from?: number;
  /** Put before the time: which meeting it is, where there are several. */
  readonly label?: string;
}

/** Lines `[17] 00:12:05 Mia: text`, numbered in the transcript's order. Utterances without a visible character have none. */
export function linesOf(transcript: Transcript, options: LineOptions): EvidenceLine[] {
  const names = namesInRecord(transcript.utterances);
  const { from = 1, label = '', mostTokens, countTokens } = options;
  return transcript.utterances.flatMap((utterance, at) => {
    const said = neutral(utterance.text);
    if (said === '') return [];
    const number = from + at;
    const name = names.get(speakerKey(utterance.speaker)) ?? 'Somebody';
    const line = (text: string): EvidenceLine => {
      const written = `[${number}] ${label}${clock(utterance)} ${name}: ${text}`;
      return { number, text: written, tokens: countTokens(written) + 1 };
    };
    const whole = line(said);
    if (whole.tokens <= mostTokens) return [whole];
    const head = line('').tokens;
    // Half of what would fit on average: tokens are not spread evenly over a text.
    const size = Math.max(40, Math.floor((said.length * Math.max(1, mostTokens - head)) / whole.tokens / 2));
    return pieces(said, size).map(line);
  });
}

/** Numbered and fenced. The fence is made from the lines themselves, so no line can know it; equal lines, equal text. */
export function fenced(lines: readonly string[]): string {
  const body = lines.join('\n');
  const seal = createHash('sha256').update(body).digest('hex').slice(0, 16);
  return `===== RECORD ${seal} BEGINS =====\n${body}\n===== RECORD ${seal} ENDS =====`;
}
