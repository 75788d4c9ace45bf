import type { Chapter, Utterance } from '../../src/core/model.ts';
import type { Analyst } from '../../src/core/ports.ts';
import type { WrittenMeeting, WrittenSet } from '../data/written-meetings.ts';
import { boundaryScore, evenSegmentation, pk, type Segmentation, windowDiff } from '../metrics/segmentation.ts';
import { minutesOf, transcriptOf } from '../product/understand.ts';
import { domainOf, type HeldOut, heldOut, markedTalk } from '../train/chapter-training.ts';
import { asCount, asDecimal, type Cell, type Table } from './table.ts';

/** Where chapters start, counted in utterances; the first chapter starts at none. */
export const chapterStarts = (chapters: readonly Chapter[], utterances: readonly Utterance[]): Segmentation => ({
  units: utterances.length,
  starts: new Set(
    chapters
      .map((chapter) => utterances.findIndex((utterance) => utterance.startMs >= chapter.startMs))
      .filter((unit) => unit > 0),
  ),
});

/** Groups of talks that are left out together; five keep four fifths to learn from. */
const FOLDS = 5;

interface Scored {
  /** The set, or the kind of talk within it. */
  readonly group: string;
  readonly reference: Segmentation;
  readonly hypothesis: Segmentation;
}

const mean = (values: readonly number[]): number => values.reduce((left, value) => left + value, 0) / values.length;

const row = (system: string, set: string, scored: readonly Scored[]): readonly Cell[] => {
  const boundaries = scored.map(({ reference, hypothesis }) => boundaryScore(reference, hypothesis));
  const count = (pick: (pair: Scored) => Segmentation): number =>
    scored.reduce((left, pair) => left + pick(pair).starts.size, 0);
  return [
    set,
    system,
    scored.length,
    mean(scored.map(({ reference, hypothesis }) => pk(reference, hypothesis))),
    mean(scored.map(({ reference, hypothesis }) => windowDiff(reference, hypothesis))),
    mean(boundaries.map((score) => score.f1)),
    count((pair) => pair.hypothesis) / count((pair) => pair.reference),
  ];
};

const COLUMNS: Table['columns'] = [
  { name: 'set' },
  { name: 'system' },
  { name: 'meetings', format: asCount },
  { name: 'Pk', format: asDecimal(3) },
  { name: 'WindowDiff', format: asDecimal(3) },
  { name: 'boundary F1', format: asDecimal(3) },
  { name: 'found/true', format: asDecimal(2) },
];
const HOW_TO_READ = [
  'Means over meetings. Window: half the mean topic; a boundary is right within half of that.',
  'Read Pk and WindowDiff (lower is better) together with F1: one chapter has a good Pk and finds nothing.',
];

/** Chapters of the product as it ships against topic boundaries, beside a single chapter and chapters of even length. */
export const chapterTable = async (
  analyst: Analyst,
  sets: readonly { readonly name: string; readonly meetings: readonly WrittenMeeting[] }[],
): Promise<Table> => {
  const rows: (readonly Cell[])[] = [];
  for (const { name, meetings } of sets) {
    const ours: Scored[] = [];
    for (const meeting of meetings.filter(({ topicStarts }) => topicStarts.length > 0)) {
      const transcript = transcriptOf(meeting.turns, meeting.language);
      const minutes = await minutesOf(analyst, transcript);
      ours.push({
        group: name,
        reference: { units: meeting.turns.length, starts: new Set(meeting.topicStarts) },
        hypothesis: chapterStarts(minutes.chapters, transcript.utterances),
      });
    }
    if (ours.length === 0) continue;
    const baseline = (guess: (reference: Segmentation) => Segmentation): readonly Scored[] =>
      ours.map(({ reference }) => ({ group: name, reference, hypothesis: guess(reference) }));
    rows.push(
      row(
        'one chapter',
        name,
        baseline(({ units }) => ({ units, starts: new Set() })),
      ),
      row(
        'even, number known',
        name,
        baseline(({ units, starts }) => evenSegmentation(units, starts.size + 1)),
      ),
      row(analyst.name, name, ours),
    );
  }
  return {
    title: 'Chapters against topic boundaries, in turns',
    columns: COLUMNS,
    rows,
    notes: [
      ...HOW_TO_READ,
      'The rows of the analyst are in-sample: it learned from these sets. The held-out table has the honest figures.',
    ],
  };
};

/** What is cut by a model that has not seen it: other meetings of all kinds were learned from, or none of its kind. */
export const heldOutChapterTable = (
  sets: readonly { readonly name: WrittenSet; readonly meetings: readonly WrittenMeeting[] }[],
): Table => {
  const talks = sets.flatMap(({ name, meetings }) =>
    meetings.flatMap((meeting) => {
      const talk = markedTalk(name, meeting);
      return talk === null ? [] : [{ ...talk, set: name, domain: domainOf(name, meeting.name) }];
    }),
  );
  const setOf = new Map(talks.map((talk) => [talk.reference, talk.set]));
  const seen = new Map<string, number>();
  // Meetings of one kind are dealt out in turn, so that every fold has some of each.
  const folds = new Map(
    talks.map((talk) => {
      const before = seen.get(talk.domain) ?? 0;
      seen.set(talk.domain, before + 1);
      return [talk.reference, String(before % FOLDS)];
    }),
  );
  const rows: (readonly Cell[])[] = [];
  const add = (system: string, cut: readonly HeldOut[]): void => {
    const scored = cut.map(({ talk, hypothesis }) => ({
      group: talk.domain,
      set: setOf.get(talk.reference) ?? '',
      reference: talk.reference,
      hypothesis,
    }));
    for (const [set, all] of Map.groupBy(scored, (pair) => pair.set)) {
      rows.push(row(system, set, all));
      const domains = Map.groupBy(all, ({ group }) => group);
      if (domains.size > 1) for (const [domain, some] of domains) rows.push(row(system, `  ${domain}`, some));
    }
  };
  add(
    'other meetings',
    heldOut(talks, ({ reference }) => folds.get(reference) ?? ''),
  );
  if (seen.size > 1)
    add(
      'other kinds of meeting',
      heldOut(talks, ({ domain }) => domain),
    );
  return {
    title: 'Chapters of meetings that were not learned from',
    columns: COLUMNS.map((column) => (column.name === 'system' ? { name: 'learned from' } : column)),
    rows,
    notes: [
      ...HOW_TO_READ,
      `“Other meetings”: ${FOLDS} groups, each cut by what the others taught. “Other kinds of meeting”: no meeting of its kind was learned from.`,
    ],
  };
};
