import type { Chapter, Utterance } from '../../src/core/model.ts';
import type { Analyst } from '../../src/core/ports.ts';
import type { WrittenMeeting } from '../data/written-meetings.ts';
import { boundaryScore, evenSegmentation, pk, type Segmentation, windowDiff } from '../metrics/segmentation.ts';
import { minutesOf, transcriptOf } from '../product/understand.ts';
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

interface Scored {
  readonly reference: Segmentation;
  readonly hypothesis: Segmentation;
}

const mean = (values: readonly number[]): number => values.reduce((left, value) => left + value, 0) / values.length;

const row = (set: string, system: string, scored: readonly Scored[]): readonly Cell[] => {
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

/** Chapters against topic boundaries, beside a single chapter and chapters of even length. */
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
        reference: { units: meeting.turns.length, starts: new Set(meeting.topicStarts) },
        hypothesis: chapterStarts(minutes.chapters, transcript.utterances),
      });
    }
    if (ours.length === 0) continue;
    const baseline = (guess: (reference: Segmentation) => Segmentation): readonly Scored[] =>
      ours.map(({ reference }) => ({ reference, hypothesis: guess(reference) }));
    rows.push(
      row(
        name,
        'one chapter',
        baseline(({ units }) => ({ units, starts: new Set() })),
      ),
      row(
        name,
        'even, number known',
        baseline(({ units, starts }) => evenSegmentation(units, starts.size + 1)),
      ),
      row(name, analyst.name, ours),
    );
  }
  return {
    title: 'Chapters against topic boundaries, in turns',
    columns: [
      { name: 'set' },
      { name: 'system' },
      { name: 'meetings', format: asCount },
      { name: 'Pk', format: asDecimal(3) },
      { name: 'WindowDiff', format: asDecimal(3) },
      { name: 'boundary F1', format: asDecimal(3) },
      { name: 'found/true', format: asDecimal(2) },
    ],
    rows,
    notes: [
      'Means over meetings. Window: half the mean topic; a boundary is right within half of that.',
      'Read Pk and WindowDiff (lower is better) together with F1: one chapter has a good Pk and finds nothing.',
    ],
  };
};
