/** When in a meeting something is asked for: "at the end", "in the first ten minutes", 一开始. */
import type { Ms } from '../model.ts';

/** A moment: a share of the meeting's length (0 to 1), or milliseconds counted from its start or back from its end. */
export type Moment =
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'from-start'; readonly ms: Ms }
  | { readonly kind: 'from-end'; readonly ms: Ms };
export interface Period {
  readonly from: Moment;
  readonly to: Moment;
}
export interface TimeCue {
  readonly period: Period;
  /** The words that say so: offsets in the question. */
  readonly start: number;
  readonly end: number;
}

const share = (value: number): Moment => ({ kind: 'share', share: value });
const START = share(0);
const END = share(1);
const MINUTE_MS = 60_000;
/** "Around minute 20" is meant roughly. */
const ABOUT_MS = 2.5 * MINUTE_MS;
/** What people mean by the beginning or the end of a meeting. */
const EDGE_SHARE = 0.2;

const MEETING = String.raw`(?= of (?:the|this|that|our|yesterday's|today's) (?:\w+ )?(?:meeting|call|discussion|recording|session|talk|interview|lecture|conversation)|\s*[?.,!;]|\s*$)`;
const NUMBER = String.raw`(?<n>\d{1,3}|[a-z]+(?:-[a-z]+)?|[一二两三四五六七八九十百]+)`;
const UNIT = String.raw`(?<unit>minutes?|mins?|hours?|seconds?)`;
const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ...'one two three four five six seven eight nine ten'.split(' ').map((word, at): [string, number] => [word, at + 1]),
  ['fifteen', 15],
  ['twenty', 20],
  ['thirty', 30],
  ['forty', 40],
  ['forty-five', 45],
  ['sixty', 60],
  ['an', 1],
  ['half', 0.5],
]);
const HAN = '零一二三四五六七八九';

function digit(character: string | undefined, none: number): number {
  if (character === undefined) return none;
  return character === '两' ? 2 : HAN.indexOf(character);
}

function numberOf(text: string): number | null {
  if (/^\d+$/u.test(text)) return Number(text);
  const word = NUMBER_WORDS.get(text.toLowerCase());
  if (word !== undefined) return word;
  const han = /^([一二两三四五六七八九])?(十)?([一二三四五六七八九])?$/u.exec(text);
  if (han === null || text === '') return null;
  return han[2] === undefined ? digit(han[1], 0) : digit(han[1], 1) * 10 + digit(han[3], 0);
}

function lengthMs(match: RegExpExecArray): Ms | null {
  const value = numberOf(match.groups?.['n'] ?? '');
  const unit = match.groups?.['unit'] ?? '';
  if (value === null) return null;
  return value * (/^h|小时/u.test(unit) ? 60 * MINUTE_MS : /^s|秒/u.test(unit) ? 1000 : MINUTE_MS);
}

type Reading = (match: RegExpExecArray) => Period | null;
const fixed =
  (from: Moment, to: Moment): Reading =>
  () => ({ from, to });
const counted =
  (period: (ms: Ms) => Period): Reading =>
  (match) => {
    const ms = lengthMs(match);
    return ms === null ? null : period(ms);
  };
const fromStart = (ms: Ms): Moment => ({ kind: 'from-start', ms: Math.max(0, Math.round(ms)) });

const CUES: readonly (readonly [RegExp, Reading])[] = [
  [
    new RegExp(String.raw`\b(?:in|during|within) the first ${NUMBER} ${UNIT}`, 'iu'),
    counted((ms) => ({ from: START, to: fromStart(ms) })),
  ],
  [
    new RegExp(String.raw`\b(?:in|during|within) the (?:last|final) ${NUMBER} ${UNIT}`, 'iu'),
    counted((ms) => ({ from: { kind: 'from-end', ms }, to: END })),
  ],
  [
    new RegExp(String.raw`\bafter (?:the first )?${NUMBER} ${UNIT}`, 'iu'),
    counted((ms) => ({ from: fromStart(ms), to: END })),
  ],
  [
    new RegExp(String.raw`\bbefore (?:the first )?${NUMBER} ${UNIT} (?:in|had passed|were over)\b`, 'iu'),
    counted((ms) => ({ from: START, to: fromStart(ms) })),
  ],
  [
    /\b(?:around|about|at) (?:the )?(?<n>\d{1,3})(?:th|st|nd|rd)? (?<unit>minutes?|mins?)(?: mark)?\b/iu,
    counted((ms) => ({ from: fromStart(ms - ABOUT_MS), to: fromStart(ms + ABOUT_MS) })),
  ],
  [
    /\b(?:around|at|about) minute (?<n>\d{1,3})\b/iu,
    counted((ms) => ({ from: fromStart(ms - ABOUT_MS), to: fromStart(ms + ABOUT_MS) })),
  ],
  [
    new RegExp(String.raw`\b(?:(?:right )?at|near|towards?|in|by) the (?:very )?(?:end|close)${MEETING}`, 'iu'),
    fixed(share(1 - EDGE_SHARE), END),
  ],
  [
    new RegExp(
      String.raw`\b(?:(?:right )?at|in|from|near) the (?:very )?(?:beginning|start|outset|opening)${MEETING}`,
      'iu',
    ),
    fixed(START, share(EDGE_SHARE)),
  ],
  [/\b(?:in|during) the first half\b/iu, fixed(START, share(0.5))],
  [/\b(?:in|during) the (?:second|last|latter) half\b/iu, fixed(share(0.5), END)],
  [
    /\b(?:in|around|during) the middle(?= of the (?:meeting|call|discussion|recording|session)|\s*[?.,!]|\s*$)/iu,
    fixed(share(1 / 3), share(2 / 3)),
  ],
  [
    /(?:会议)?前(?<n>\d{1,3}|[一二两三四五六七八九十]+)个?(?<unit>分钟|小时)/u,
    counted((ms) => ({ from: START, to: fromStart(ms) })),
  ],
  [
    /(?:最后|最末)(?<n>\d{1,3}|[一二两三四五六七八九十]+)个?(?<unit>分钟|小时)/u,
    counted((ms) => ({ from: { kind: 'from-end', ms }, to: END })),
  ],
  [
    /(?<n>\d{1,3}|[一二两三四五六七八九十]+)个?(?<unit>分钟|小时)(?:之后|以后|后)/u,
    counted((ms) => ({ from: fromStart(ms), to: END })),
  ],
  [
    /第(?<n>\d{1,3}|[一二两三四五六七八九十]+)(?<unit>分钟)(?:左右|前后)?/u,
    counted((ms) => ({ from: fromStart(ms - ABOUT_MS), to: fromStart(ms + ABOUT_MS) })),
  ],
  [/前半(?:段|场|部分|程)|上半(?:段|场|部分)/u, fixed(START, share(0.5))],
  [/后半(?:段|场|部分|程)|下半(?:段|场|部分)/u, fixed(share(0.5), END)],
  [/(?:会议)?(?:一开始|刚开始|开头|开场|开始(?:的)?时候|最初)/u, fixed(START, share(EDGE_SHARE))],
  [
    /(?:会议)?(?:快结束|结束前|结尾|末尾|收尾|临结束|最后(?!一|两|三|决定|结论|方案|期限|截止|的(?!时候)))(?:的?时候|时)?/u,
    fixed(share(1 - EDGE_SHARE), END),
  ],
];

/** The first cue in the question; null when it asks about no time. */
export function timeCueIn(question: string): TimeCue | null {
  for (const [pattern, read] of CUES) {
    const match = pattern.exec(question);
    if (match === null) continue;
    const period = read(match);
    if (period !== null) return { period, start: match.index, end: match.index + match[0].length };
  }
  return null;
}

/** The period in milliseconds of a meeting of this length. */
export function stretchOf(period: Period, durationMs: Ms): { readonly startMs: Ms; readonly endMs: Ms } {
  const at = (moment: Moment): Ms => {
    if (moment.kind === 'share') return Math.round(moment.share * durationMs);
    return moment.kind === 'from-start' ? Math.min(moment.ms, durationMs) : Math.max(0, durationMs - moment.ms);
  };
  return { startMs: at(period.from), endMs: at(period.to) };
}
