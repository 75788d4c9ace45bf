import type { Ears } from '../../src/core/listen.ts';
import type { SuppressionReason } from '../../src/core/model.ts';
import type { Recording } from '../data/recordings.ts';
import { hear } from '../product/hear.ts';
import { asCount, asDecimal, type Table } from './table.ts';

const REASONS: readonly SuppressionReason[] = ['no-speech', 'low-confidence', 'repetition', 'empty'];

/** Words as a reader would count them: runs of letters or digits, and single Chinese characters. */
export const countWords = (text: string): number =>
  text.match(/\p{Script=Han}|[[\p{L}\p{N}']--\p{Script=Han}]+/gv)?.length ?? 0;

interface Result {
  readonly name: string;
  readonly minutes: number;
  readonly words: number;
  readonly segments: number;
  readonly suppressed: readonly number[];
}

/** Words written down where nobody spoke. `recordings` hold none. */
export const inventionTable = async (model: string, ears: Ears, recordings: readonly Recording[]): Promise<Table> => {
  const results: Result[] = [];
  for (const recording of recordings) {
    const heard = await hear(ears, [{ speaker: null, path: recording.path }], null);
    results.push({
      name: recording.name,
      minutes: recording.durationMs / 60_000,
      words: countWords(heard.utterances.map((utterance) => utterance.text).join(' ')),
      segments: heard.segments,
      suppressed: REASONS.map((reason) => heard.suppressed[reason]),
    });
  }
  const total = {
    name: 'all',
    minutes: results.reduce((left, result) => left + result.minutes, 0),
    words: results.reduce((left, result) => left + result.words, 0),
    segments: results.reduce((left, result) => left + result.segments, 0),
    suppressed: REASONS.map((_, index) => results.reduce((left, result) => left + (result.suppressed[index] ?? 0), 0)),
  };
  return {
    title: `Words invented where nobody speaks, ${model}`,
    columns: [
      { name: 'file' },
      { name: 'min', format: asDecimal(2) },
      { name: 'words', format: asCount },
      { name: 'words/min', format: asDecimal(2) },
      { name: 'segments', format: asCount },
      ...REASONS.map((reason) => ({ name: reason, format: asCount })),
    ],
    rows: [...results, total].map((result) =>
      [
        result.name,
        result.minutes,
        result.words,
        result.minutes === 0 ? 0 : result.words / result.minutes,
        result.segments,
        result.suppressed,
      ].flat(),
    ),
    notes: [
      '"segments" went to the recogniser; the columns after it count those whose words were withheld, by reason.',
    ],
  };
};
