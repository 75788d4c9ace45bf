/** WebVTT (https://www.w3.org/TR/webvtt1/) and SubRip, as Zoom, Teams, Meet and recorders write them. */
import { parseClock } from '../time.ts';
import type { Ms } from '../model.ts';
import { problem } from './parsed.ts';
import type { Stretch, Stretches } from './parsed.ts';
import { isNameLike, namesInPrefixes, splitPrefix } from './speaker-prefix.ts';

interface RawCue {
  readonly startMs: Ms;
  readonly endMs: Ms;
  readonly lines: readonly string[];
}

const TIMING = /^\s*(?<start>[\d:.,]+)\s*-{1,2}>\s*(?<end>[\d:.,]+)(?:\s.*)?$/u;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  lrm: '',
  rlm: '',
  quot: '"',
  apos: "'",
};
const VOICE = /<v(?:\.[^\s>]*)?\s+(?<name>[^>]*)>/u;
const ANY_TAG = /<\/?(?:v|c|i|b|u|s|ruby|rt|lang|font)(?:[.\s][^>]*)?>|<\d[\d:.]*>|\{\\[^}]*\}/giu;

function unescaped(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/giu,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined)
        return Object.hasOwn(ENTITIES, name.toLowerCase()) ? (ENTITIES[name.toLowerCase()] ?? whole) : whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10_ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
    },
  );
}

function tidy(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\ufeff]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** The cue's words by voice: text before the first voice tag belongs to nobody. */
function voices(cue: RawCue, decode: (text: string) => string): Stretch[] {
  const raw = cue.lines.join('\n');
  const { startMs, endMs } = cue;
  const parts: Stretch[] = [];
  let rest = raw;
  let speaker: string | null = null;
  for (;;) {
    const match = VOICE.exec(rest);
    const text = tidy(decode((match === null ? rest : rest.slice(0, match.index)).replace(ANY_TAG, '')));
    if (text !== '') parts.push({ speaker, text, startMs, endMs });
    if (match === null) return parts;
    speaker = tidy(decode(match.groups?.['name'] ?? '')) || null;
    rest = rest.slice(match.index + match[0].length);
  }
}

/** Blocks of a file whose cues are told by their time lines; `line` counts from 1. */
function cuesIn(content: string, isVtt: boolean): RawCue[] | { readonly kind: 'problem'; readonly message: string } {
  const lines = content.split(/\r\n|\n|\r/u);
  const cues: RawCue[] = [];
  const format = isVtt ? 'WebVTT' : 'SubRip';
  let at = 0;
  if (isVtt) {
    // The header block may hold metadata lines up to the first blank line.
    while (at < lines.length && lines[at]?.trim() !== '' && !TIMING.test(lines[at] ?? '')) at++;
  }
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at++;
      continue;
    }
    if (isVtt && /^(?:NOTE|STYLE|REGION)(?:\s|$)/u.test(line)) {
      while (at < lines.length && lines[at]?.trim() !== '') at++;
      continue;
    }
    const timingAt = line.includes('-->') ? at : at + 1;
    const timing = TIMING.exec(lines[timingAt] ?? '');
    if (timing === null) {
      const looksTimed = (lines[timingAt] ?? '').includes('-->');
      const where = (looksTimed ? timingAt : at) + 1;
      return problem(
        looksTimed
          ? `Line ${where} is not a ${format} time line. Write it as 00:00:01.000 --> 00:00:04.000.`
          : `Line ${where} should start a ${format} cue, but no time line follows it. Check that the file is complete, or save it as .txt with "Name: text" lines.`,
      );
    }
    const startMs = parseClock(timing.groups?.['start'] ?? '');
    const endMs = parseClock(timing.groups?.['end'] ?? '');
    if (startMs === null || endMs === null) {
      return problem(`Line ${timingAt + 1} has a time that cannot be read. Write times as 00:00:01.000.`);
    }
    if (endMs < startMs)
      return problem(`The cue on line ${timingAt + 1} ends before it starts. Correct its times and import again.`);
    at = timingAt + 1;
    const text: string[] = [];
    while (at < lines.length && lines[at]?.trim() !== '') {
      text.push(lines[at] ?? '');
      at++;
    }
    // SubRip files with blank lines inside a cue: what follows up to the next number and time line belongs to it.
    cues.push({ startMs, endMs, lines: text });
  }
  return cues;
}

/** A rolled line shares at least this many words with the next; one shared word is how people talk. */
const ROLLED_WORDS = 4;
/** Repeats are a caption writer's habit when there are several and at least half of all cues follow one. */
const LEAST_REPEATS = 3;

/** How many of the stretch's first words the stretch before it already showed: all, some, or 0. */
function repeated(last: Stretch, next: Stretch): number {
  if (last.speaker !== next.speaker || (next.startMs ?? 0) - (last.endMs ?? 0) > 500) return 0;
  const before = last.text.split(' ');
  const words = next.text.split(' ');
  if (last.text === next.text) return words.length;
  for (let count = Math.min(before.length, words.length - 1); count >= ROLLED_WORDS; count--) {
    if (before.slice(-count).join(' ') === words.slice(0, count).join(' ')) return count;
  }
  return 0;
}

/**
 * Captions that roll up repeat the line before while they add the next; where that is the file's habit, each word is
 * kept once. Elsewhere a repeat is what was said.
 */
function withoutRepeats(stretches: readonly Stretch[]): readonly Stretch[] {
  const shares = stretches.map((stretch, at) => {
    const last = stretches[at - 1];
    return last === undefined ? 0 : repeated(last, stretch);
  });
  const repeats = shares.filter((count) => count > 0).length;
  if (repeats < LEAST_REPEATS || repeats * 2 < stretches.length - 1) return stretches;
  return stretches.flatMap((stretch, at) => {
    const text = stretch.text
      .split(' ')
      .slice(shares[at] ?? 0)
      .join(' ');
    return text === '' ? [] : [{ ...stretch, text }];
  });
}

/** Reads `.vtt` or `.srt`. Speakers from voice tags, or from `Name:` at the start of texts where that is the file's habit. */
export function readSubtitles(content: string, format: 'vtt' | 'srt'): Stretches {
  const isVtt = format === 'vtt';
  if (isVtt && !/^WEBVTT(?:[ \t\r\n]|$)/u.test(content)) {
    return problem('Line 1 of a WebVTT file must be WEBVTT. Add it, or rename the file to .srt if it is SubRip.');
  }
  const cues = cuesIn(content, isVtt);
  if (!Array.isArray(cues)) return cues;
  const found = cues.flatMap((cue) => voices(cue, isVtt ? unescaped : (text) => text));
  const unnamed = found.filter(({ speaker }) => speaker === null).map(({ text }) => text);
  const names = namesInPrefixes(unnamed);
  const stretches = found.flatMap((stretch): Stretch[] => {
    if (stretch.speaker !== null)
      return [isNameLike(stretch.speaker) || stretch.speaker.length <= 120 ? stretch : { ...stretch, speaker: null }];
    const prefix = splitPrefix(stretch.text);
    if (prefix === null || !names.has(prefix.name)) return [stretch];
    return prefix.text === '' ? [] : [{ ...stretch, speaker: prefix.name, text: prefix.text }];
  });
  return { kind: 'stretches', title: null, language: null, stretches: withoutRepeats(stretches) };
}
