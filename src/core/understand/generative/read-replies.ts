/** A window's replies as facts: texts made fit to be shown, numbers checked against the lines that were there. */
import { claimOn } from './claims.ts';
import type { Claim } from './claims.ts';
import { NO_FACTS } from './meeting-facts.ts';
import type { MeetingFacts } from './meeting-facts.ts';
import type { OutcomesReply } from './outcomes.ts';
import type { TopicsReply } from './topics.ts';
import type { Window } from './windows.ts';

export interface Reading {
  readonly window: Window;
  /** Makes a model's text fit to be shown; empty when it must not be. */
  readonly text: (written: string) => string;
  /** The same for what should be in the record's own words. */
  readonly verbatim: (written: string) => string;
}

interface Taker {
  /** The claim, or null: `dropped` has counted it, unless it only repeats what the window before told. */
  readonly take: (text: string, lines: readonly number[]) => Claim | null;
  readonly dropped: () => number;
}

function taker({ window, text }: Reading): Taker {
  const shown = new Set(window.lines.map(({ number }) => number));
  let dropped = 0;
  return {
    take: (written, lines) => {
      const claim = claimOn(text(written), lines, shown);
      if (claim === null) dropped++;
      // The window before has read these lines with what led up to them.
      return claim?.lines.some((line) => window.own.has(line)) === true ? claim : null;
    },
    dropped: () => dropped,
  };
}

const kept = <T>(item: T | null): readonly T[] => (item === null ? [] : [item]);

export function readTopics(reply: TopicsReply, reading: Reading): MeetingFacts {
  const { take, dropped } = taker(reading);
  const topics = reply.topics.flatMap((topic) => {
    const points = topic.points.flatMap((point) => kept(take(point.text, point.lines)));
    const [earliest] = points.map(({ lines }) => lines[0]).toSorted((a, b) => a - b);
    if (earliest === undefined) return [];
    const begins = topic.first_line;
    const first = reading.window.own.has(begins) && begins < earliest ? begins : earliest;
    return [{ title: reading.text(topic.title) || points[0]?.text || '', first, points }];
  });
  const moments = reply.moments.flatMap(({ text, lines, weight }) =>
    kept(take(text, lines)).map((claim) => ({ ...claim, weight })),
  );
  const keywords = reply.keywords.map(reading.verbatim).filter((term) => term !== '');
  return { ...NO_FACTS, topics, moments, keywords, dropped: dropped() };
}

export function readOutcomes(
  reply: OutcomesReply,
  reading: Reading,
  options: {
    /** Names in the record. */
    readonly names: ReadonlySet<string>;
    readonly sections: number;
  },
): MeetingFacts {
  const { take, dropped } = taker(reading);
  const { names } = options;
  const claims = (items: readonly { readonly text: string; readonly lines: readonly number[] }[]): Claim[] =>
    items.flatMap(({ text, lines }) => kept(take(text, lines)));
  const orNull = (text: string | null): string | null => (text === null ? null : reading.verbatim(text) || null);
  let strangers = 0;
  const facts: MeetingFacts = {
    ...NO_FACTS,
    decisions: claims(reply.decisions),
    actions: reply.actions.flatMap(({ text, lines, owner, due }) =>
      kept(take(text, lines)).map((claim) => ({
        ...claim,
        owner: owner !== null && names.has(owner.trim()) ? owner.trim() : orNull(owner),
        due: orNull(due),
      })),
    ),
    questions: reply.questions.flatMap(({ question, asked, answer, answered }) =>
      kept(take(question, asked)).map((claim) => ({
        question: claim,
        answer: answer === null || answer === '' ? null : take(answer, answered),
      })),
    ),
    speakers: reply.speakers.flatMap(({ name, points }) => {
      const known = name.trim();
      if (names.has(known)) return [{ name: known, points: claims(points) }];
      strangers += Math.max(1, points.length);
      return [];
    }),
    sections: Array.from({ length: options.sections }, (_, at) =>
      claims(reply.sections.filter(({ section }) => section === at + 1)),
    ),
  };
  return { ...facts, dropped: dropped() + strangers };
}
