/** `.txt` with `Name: text` lines, with or without times, and lines that go on from the one before. */
import type { Ms } from '../model.ts';
import { parseClock } from '../time.ts';
import { splitAtStops } from '../understand/extractive/sentences.ts';
import { problem } from './parsed.ts';
import type { Stretch, Stretches } from './parsed.ts';
import { isNameLike, isWrittenAsName, splitPrefix } from './speaker-prefix.ts';

const CLOCK = String.raw`\d{1,4}:\d{2}(?::\d{2})?(?:[.,]\d{1,6})?`;
/** `[00:01:02] Name: text`, `(1:02) …`, `00:01:02 Name: text`, `[0:07 - 0:12] …` */
const LEADING_TIME = new RegExp(
  String.raw`^[\[(]?(?<start>${CLOCK})(?:\s*(?:-|–|-->|to)\s*(?<end>${CLOCK}))?[\])]?(?:\s*[-–|]\s+|\s+|$)(?<rest>.*)$`,
  'u',
);
/** `Name  00:01`, as a heading over what they said: Otter, Teams, Tingwu. */
const NAME_THEN_TIME = new RegExp(String.raw`^(?<name>\S.*?)(?:\s{2,}|\t|\s+[\[(]|\s+)(?<start>${CLOCK})[\])]?$`, 'u');
/** `Name (00:01): text` and `Name [00:01:02]: text`. */
const NAME_TIME_TEXT = new RegExp(
  String.raw`^(?<name>[^:：\[(]{1,60}?)\s*[\[(](?<start>${CLOCK})[\])]\s*[:：]?\s*(?<text>.*)$`,
  'u',
);

interface Open {
  readonly speaker: string | null;
  readonly startMs: Ms | null;
  readonly endMs: Ms | null;
  readonly lines: string[];
}

function opened(line: string): Open | null {
  const timed = LEADING_TIME.exec(line)?.groups;
  if (timed !== undefined) {
    const startMs = parseClock(timed['start'] ?? '');
    const endMs = timed['end'] === undefined ? null : parseClock(timed['end']);
    const rest = (timed['rest'] ?? '').trim();
    if (startMs !== null) {
      const prefix = splitPrefix(rest, /^[[(]/u.test(line));
      if (prefix !== null) return { speaker: prefix.name, startMs, endMs, lines: [prefix.text] };
      // A bare "12:30 we meet" may be speech; a bracketed time never is.
      if (/^[[(]/u.test(line) || rest === '') return { speaker: null, startMs, endMs, lines: [rest] };
    }
  }
  const inner = NAME_TIME_TEXT.exec(line)?.groups;
  if (inner !== undefined && isNameLike(inner['name'] ?? '')) {
    const startMs = parseClock(inner['start'] ?? '');
    if (startMs !== null)
      return { speaker: (inner['name'] ?? '').trim(), startMs, endMs: null, lines: [inner['text'] ?? ''] };
  }
  const heading = NAME_THEN_TIME.exec(line)?.groups;
  if (heading !== undefined && isNameLike(heading['name'] ?? '') && (heading['name'] ?? '').split(/\s+/u).length <= 4) {
    const startMs = parseClock(heading['start'] ?? '');
    if (startMs !== null && isWrittenAsName(heading['name'] ?? '')) {
      return { speaker: (heading['name'] ?? '').replace(/[:：]\s*$/u, '').trim(), startMs, endMs: null, lines: [] };
    }
  }
  const prefix = splitPrefix(line);
  return prefix === null ? null : { speaker: prefix.name, startMs: null, endMs: null, lines: [prefix.text] };
}

/** A paragraph by somebody the file does not name, a sentence each. */
function prose(paragraph: string): Stretch[] {
  return splitAtStops(paragraph).map((text) => ({ speaker: null, startMs: null, endMs: null, text }));
}

/** Lines before the first speaker that are not speech are a heading, taken as the title when there is one; a text without any is one person's. */
export function readText(content: string): Stretches {
  const turns: Open[] = [];
  const before: { readonly line: number; readonly text: string }[] = [];
  for (const [index, raw] of content.split(/\r\n|\n|\r/u).entries()) {
    const line = raw.trim();
    if (line === '') continue;
    const turn = opened(line);
    const last = turns.at(-1);
    if (turn !== null) {
      // A time on a line of its own belongs to the name that follows.
      const isTimeOnly = last !== undefined && last.speaker === null && last.lines.every((text) => text === '');
      if (isTimeOnly && turn.startMs === null)
        turns[turns.length - 1] = { ...turn, startMs: last.startMs, endMs: last.endMs };
      else turns.push(turn);
    } else if (last === undefined) before.push({ line: index + 1, text: line });
    else last.lines.push(line);
  }
  const first = before[0];
  if (turns.length === 0) {
    return first === undefined
      ? problem('The file is empty. Choose a transcript that has text in it.')
      : { kind: 'stretches', title: null, language: null, stretches: before.flatMap(({ text }) => prose(text)) };
  }
  if (before.length > 1) {
    return problem(
      `Line ${before[1]?.line ?? 1} names no speaker. Write each turn as "Name: text", with at most a title above; or, where one person speaks, name nobody in the file and import it with --speaker NAME.`,
    );
  }
  return {
    kind: 'stretches',
    title: first?.text ?? null,
    language: null,
    stretches: turns.map(({ speaker, startMs, endMs, lines }) => ({ speaker, startMs, endMs, text: lines.join(' ') })),
  };
}
