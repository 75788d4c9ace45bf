/** From merged facts to written minutes: what the writer is shown, and what its reply becomes. */
import type { Ms } from '../../model.ts';
import type { ComposeReply } from './compose.ts';
import { claimOn, spread } from './claims.ts';
import type { Claim } from './claims.ts';
import { neutral } from './evidence-lines.ts';
import type { MeetingFacts, Topic } from './meeting-facts.ts';

/** A chapter in the making: it begins at a topic and has the points of all topics up to the next chapter. */
export interface Section {
  readonly title: string;
  readonly claim: Claim;
  readonly first: number;
  readonly points: readonly Claim[];
}
export interface Composition {
  readonly title: string;
  readonly summary: readonly Claim[];
  readonly chapters: readonly Section[];
  readonly dropped: number;
}

function numbers({ lines }: Claim): string {
  return `(${lines.join(', ')})`;
}

function factLine(mark: string, claim: Claim, rest = ''): string {
  return `${mark} ${numbers(claim)} ${neutral(claim.text)}${rest}`;
}

interface Depth {
  /** Points of each topic that are shown. */
  readonly points: number;
  /** Every so many topics and outcomes are shown. */
  readonly every: number;
}
/** From everything to hardly anything: the first that fits is taken. */
const DEPTHS: readonly Depth[] = [
  { points: Number.POSITIVE_INFINITY, every: 1 },
  ...[5, 3, 2, 1].map((points) => ({ points, every: 1 })),
  ...[2, 3, 4, 6, 8, 12, 16, 24, 32, 64].map((every) => ({ points: 1, every })),
];

function linesAt(facts: MeetingFacts, depth: Depth): string[] {
  const thinned = <T>(items: readonly T[]): readonly T[] =>
    depth.every === 1 ? items : spread(items, Math.max(1, Math.ceil(items.length / depth.every)));
  const kept = new Set(thinned([...facts.topics.keys()]));
  const lines = facts.topics.flatMap((topic, at) =>
    kept.has(at)
      ? [
          `T${at + 1} from line ${topic.first}: ${neutral(topic.title)}`,
          ...spread(topic.points, depth.points).map((point) => factLine('-', point)),
        ]
      : [],
  );
  for (const decision of thinned(facts.decisions)) lines.push(factLine('Decision', decision));
  for (const task of thinned(facts.actions)) {
    const owner = task.owner === null ? '' : `; owner: ${neutral(task.owner)}`;
    lines.push(factLine('Task', task, `${owner}${task.due === null ? '' : `; due: ${neutral(task.due)}`}`));
  }
  for (const { question, answer } of thinned(facts.questions)) {
    lines.push(
      factLine('Question', question, answer === null ? '; left open' : `; answer ${factLine('', answer).trim()}`),
    );
  }
  return lines;
}

/** The facts as lines for the writer, as many as fit: what has to go goes evenly from all over the meeting. */
export function factLines(facts: MeetingFacts, mostTokens: number, countTokens: (text: string) => number): string[] {
  let lines: string[] = [];
  for (const depth of DEPTHS) {
    lines = linesAt(facts, depth);
    if (countTokens(lines.join('\n')) <= mostTokens) return lines;
  }
  return lines;
}

const MINUTE_MS = 60_000;

/** How many chapters a meeting of this length with these topics may have, from and to. */
export function chapterRange(topics: number, durationMs: Ms): readonly [number, number] {
  const minutes = durationMs / MINUTE_MS;
  const most = Math.max(1, Math.min(topics, 1 + Math.round(minutes / 3), 24));
  return [Math.min(most, Math.max(1, Math.round(minutes / 15))), most];
}

/** Lines that the facts rest on: all that the writer may cite. */
function linesOfFacts({ topics, decisions, actions, questions }: MeetingFacts): ReadonlySet<number> {
  const claims = [
    ...topics.flatMap(({ points }) => points),
    ...decisions,
    ...actions,
    ...questions.flatMap(({ question, answer }) => (answer === null ? [question] : [question, answer])),
  ];
  return new Set(claims.flatMap(({ lines }) => lines));
}

/** The chapters' first topics, of at most so many chapters: the shortest, in lines, goes to the one before it. */
function fewest(starts: readonly number[], topics: readonly Topic[], most: number): readonly number[] {
  const line = (topic: number | undefined): number => topics[(topic ?? 0) - 1]?.first ?? Number.POSITIVE_INFINITY;
  const kept = [...starts];
  while (kept.length > Math.max(1, most)) {
    let shortest = 1;
    for (let at = 1; at < kept.length; at++) {
      const length = (place: number): number => line(kept[place + 1]) - line(kept[place]);
      if (length(at) < length(shortest)) shortest = at;
    }
    kept.splice(shortest, 1);
  }
  return kept;
}

/** `most`: chapters there may be. `written` makes a text fit to be shown; empty when it must not be. */
export function readComposition(
  reply: ComposeReply,
  facts: MeetingFacts,
  most: number,
  written: (text: string) => string,
): Composition {
  const shown = linesOfFacts(facts);
  let dropped = 0;
  const summary = reply.summary.flatMap(({ text, lines }) => {
    const claim = claimOn(written(text), lines, shown);
    if (claim === null) dropped++;
    return claim === null ? [] : [claim];
  });

  const chapters: Section[] = [];
  const begun = new Map<number, ComposeReply['chapters'][number]>();
  for (const chapter of reply.chapters) {
    // Topics are numbered from 1; what is no topic, or has a chapter already, begins nothing.
    if (facts.topics[chapter.topic - 1] === undefined || begun.has(chapter.topic)) dropped++;
    else begun.set(chapter.topic, chapter);
  }
  const starts = fewest(
    [...begun.keys()].toSorted((a, b) => a - b),
    facts.topics,
    most,
  );
  for (const [at, topic] of starts.entries()) {
    const chapter = begun.get(topic);
    if (chapter === undefined) continue;
    const from = at === 0 ? 0 : topic - 1;
    const topics = facts.topics.slice(from, (starts[at + 1] ?? facts.topics.length + 1) - 1);
    const claim = claimOn(written(chapter.text), chapter.lines, shown);
    if (claim === null) dropped++;
    const section = sectionOf(topics, claim, written(chapter.title));
    if (section !== null) chapters.push(section);
  }
  return { title: written(reply.title), summary, chapters, dropped };
}

/** `claim` null: the first point speaks for the chapter. */
function sectionOf(topics: readonly Topic[], claim: Claim | null, title: string): Section | null {
  const points = topics.flatMap((topic) => topic.points);
  const [first] = topics;
  const text = claim ?? points[0];
  if (first === undefined || text === undefined) return null;
  return { title: title || first.title, claim: text, first: first.first, points };
}
