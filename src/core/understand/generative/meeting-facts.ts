/** What a meeting held, as claims on numbered lines: gathered per window, merged in code, then written up once. */
import type { Minutes, MinutesPart } from '../../model.ts';
import { speakerKey } from '../../speaker.ts';
import { sameFacts } from '../facts.ts';
import { claimOf, likeness, shareLines } from './claims.ts';
import type { Claim, Numbering } from './claims.ts';

export interface Topic {
  readonly title: string;
  /** Line at which it begins. */
  readonly first: number;
  readonly points: readonly Claim[];
}
export interface Task extends Claim {
  readonly owner: string | null;
  readonly due: string | null;
}
export interface Asked {
  readonly question: Claim;
  readonly answer: Claim | null;
}
export interface MeetingFacts {
  readonly topics: readonly Topic[];
  readonly moments: readonly (Claim & { readonly weight: number })[];
  /** As said; how telling each is, higher first. */
  readonly keywords: readonly string[];
  readonly decisions: readonly Claim[];
  readonly actions: readonly Task[];
  readonly questions: readonly Asked[];
  /** By the name in the record. */
  readonly speakers: readonly { readonly name: string; readonly points: readonly Claim[] }[];
  /** Items of the template's own sections, in its order. */
  readonly sections: readonly (readonly Claim[])[];
  /** Items that cited lines which were not there, or none. */
  readonly dropped: number;
}

export const NO_FACTS: MeetingFacts = {
  topics: [],
  moments: [],
  keywords: [],
  decisions: [],
  actions: [],
  questions: [],
  speakers: [],
  sections: [],
  dropped: 0,
};

/** Texts about the same lines that share this much of their words say the same thing. */
const SAME = 0.6;
/** Without a line in common, a task told again at the end has nearly the words it had before. */
const SAME_AGAIN = 0.75;

function same(a: Claim, b: Claim): boolean {
  return shareLines(a, b) && likeness(a.text, b.text) >= SAME && sameFacts(a.text, b.text);
}

/** Each once, in the order of their first lines. */
function distinct<T extends Claim>(claims: readonly T[]): T[] {
  const kept: T[] = [];
  for (const claim of claims) if (!kept.some((other) => same(other, claim))) kept.push(claim);
  return kept.toSorted((a, b) => a.lines[0] - b.lines[0]);
}

function agree(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b;
}

/** A task told twice is one, with what either telling says about owner and date. */
function distinctTasks(tasks: readonly Task[]): Task[] {
  const kept: Task[] = [];
  for (const task of tasks) {
    const at = kept.findIndex(
      (other) =>
        agree(other.owner, task.owner) &&
        agree(other.due, task.due) &&
        (same(other, task) ||
          (other.owner === task.owner &&
            other.owner !== null &&
            likeness(other.text, task.text) >= SAME_AGAIN &&
            sameFacts(other.text, task.text))),
    );
    const other = kept[at];
    if (other === undefined) kept.push(task);
    else if (other.owner === task.owner && other.due === task.due) continue;
    else {
      const [first, ...rest] = other.lines;
      kept[at] = {
        ...other,
        owner: other.owner ?? task.owner,
        due: other.due ?? task.due,
        lines: [first, ...new Set([...rest, ...task.lines].filter((line) => line !== first))],
      };
    }
  }
  return kept.toSorted((a, b) => a.lines[0] - b.lines[0]);
}

/** Neighbouring topics that begin at one line, or that a window's edge cut in two, are one. */
function joinedTopics(topics: readonly Topic[]): Topic[] {
  const kept: Topic[] = [];
  for (const topic of topics.toSorted((a, b) => a.first - b.first)) {
    const last = kept.at(-1);
    if (last !== undefined && (last.first === topic.first || likeness(last.title, topic.title) >= SAME_AGAIN)) {
      kept[kept.length - 1] = { ...last, points: distinct([...last.points, ...topic.points]) };
    } else kept.push({ ...topic, points: distinct(topic.points) });
  }
  return kept;
}

/** Terms by how many windows gave them, then by their place there. */
function rankedKeywords(windows: readonly MeetingFacts[]): string[] {
  const terms = new Map<string, { readonly term: string; score: number }>();
  for (const { keywords } of windows) {
    for (const [at, term] of keywords.entries()) {
      const key = term.toLocaleLowerCase('en');
      const known = terms.get(key) ?? { term, score: 0 };
      known.score += 1 / (1 + at / 4);
      terms.set(key, known);
    }
  }
  return [...terms.values()].toSorted((a, b) => b.score - a.score).map(({ term }) => term);
}

/** All windows' facts as one meeting's: what two windows tell of the same lines is there once; nothing else is lost. */
export function mergeFacts(windows: readonly MeetingFacts[]): MeetingFacts {
  const questions: Asked[] = [];
  for (const asked of windows.flatMap((facts) => facts.questions)) {
    const at = questions.findIndex(({ question }) => same(question, asked.question));
    const known = questions[at];
    if (known === undefined) questions.push(asked);
    else if (known.answer === null) questions[at] = asked;
  }
  const speakers = Map.groupBy(
    windows.flatMap((facts) => facts.speakers),
    ({ name }) => name,
  );
  const sectionCount = Math.max(0, ...windows.map(({ sections }) => sections.length));
  return {
    topics: joinedTopics(windows.flatMap(({ topics }) => topics)),
    moments: distinct(windows.flatMap(({ moments }) => moments)),
    keywords: rankedKeywords(windows),
    decisions: distinct(windows.flatMap(({ decisions }) => decisions)),
    actions: distinctTasks(windows.flatMap(({ actions }) => actions)),
    questions: questions.toSorted((a, b) => a.question.lines[0] - b.question.lines[0]),
    speakers: [...speakers].map(([name, given]) => ({ name, points: distinct(given.flatMap(({ points }) => points)) })),
    sections: Array.from({ length: sectionCount }, (_, at) =>
      distinct(windows.flatMap(({ sections }) => sections[at] ?? [])),
    ),
    dropped: windows.reduce((sum, { dropped }) => sum + dropped, 0),
  };
}

/** Of another analyst's minutes, what rests on lines that `own` holds, for the parts named. */
export function factsFrom(
  minutes: Minutes,
  options: {
    readonly numbering: Numbering;
    readonly own: ReadonlySet<number>;
    readonly parts: ReadonlySet<MinutesPart | 'custom'>;
    /** Speaker key to name in the record. */
    readonly names: ReadonlyMap<string, string>;
    readonly headings: readonly string[];
  },
): MeetingFacts {
  const { numbering, own, parts, names, headings } = options;
  const claims = (part: MinutesPart | 'custom', sources: readonly Minutes['summary'][number][]): Claim[] =>
    parts.has(part)
      ? sources.flatMap((source) => {
          const claim = claimOf(source, numbering);
          return claim !== null && own.has(claim.lines[0]) ? [claim] : [];
        })
      : [];
  return {
    topics: minutes.chapters.flatMap((chapter) => {
      const points = claims('chapters', chapter.points.length > 0 ? chapter.points : [chapter]);
      const [first] = points;
      return first === undefined ? [] : [{ title: chapter.title, first: first.lines[0], points }];
    }),
    moments: claims('key-moments', minutes.keyMoments).map((claim) => ({ ...claim, weight: 1 })),
    keywords: parts.has('keywords') ? minutes.keywords : [],
    decisions: claims('decisions', minutes.decisions),
    actions: minutes.actions.flatMap((action) =>
      claims('actions', [action]).map((claim) => ({ ...claim, owner: action.owner, due: action.dueText })),
    ),
    questions: minutes.questions.flatMap(({ question, answer }) =>
      claims('questions', [question]).map((asked) => ({
        question: asked,
        answer: answer === null ? null : claimOf(answer, numbering),
      })),
    ),
    speakers: minutes.speakers.map(({ speaker, points }) => ({
      name: names.get(speakerKey(speaker)) ?? '',
      points: claims('speakers', points),
    })),
    sections: headings.map((heading) =>
      claims(
        'custom',
        minutes.sections.flatMap((section) =>
          section.part === 'custom' && section.heading === heading ? section.items : [],
        ),
      ),
    ),
    dropped: 0,
  };
}
