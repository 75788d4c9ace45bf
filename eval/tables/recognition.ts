import type { Ears } from '../../src/core/listen.ts';
import type { Recording } from '../data/recordings.ts';
import { countChineseEdits } from '../metrics/chinese-normaliser.ts';
import { normaliseEnglish } from '../metrics/english-normaliser.ts';
import {
  addEdits,
  countEdits,
  type EditCounts,
  errorRate,
  NO_EDITS,
  referenceLength,
} from '../metrics/word-error-rate.ts';
import { hear, withheldSegments } from '../product/hear.ts';
import { asCount, asDecimal, asPercent, type Cell, type Table } from './table.ts';

/** Edits between what was said and what was heard: words, or characters for Chinese. */
export const countSpokenEdits = (language: string, said: string, heard: string): EditCounts =>
  language === 'zh' ? countChineseEdits(said, heard) : countEdits(normaliseEnglish(said), normaliseEnglish(heard));

interface Result {
  readonly recording: Recording;
  readonly edits: EditCounts;
  readonly wrongLanguage: boolean;
  readonly withheld: number;
  readonly elapsedMs: number;
  readonly cpuMs: number;
}

const unitOf = (chinese: boolean): string => (chinese ? 'CER' : 'WER');

const recognise = async (ears: Ears, recording: Recording, languageGiven: boolean): Promise<Result> => {
  const language = recording.language ?? 'en';
  const heard = await hear(ears, [{ speaker: null, path: recording.path }], languageGiven ? language : null);
  const text = heard.utterances.map((utterance) => utterance.text).join(' ');
  return {
    recording,
    edits: countSpokenEdits(language, recording.text, text),
    wrongLanguage: heard.utterances.some((utterance) => utterance.language !== language),
    withheld: withheldSegments(heard),
    elapsedMs: heard.elapsedMs,
    cpuMs: heard.cpuMs,
  };
};

const sum = (values: readonly number[]): number => values.reduce((left, value) => left + value, 0);

const row = (label: string, unit: string, automatic: readonly Result[], given: readonly Result[]): readonly Cell[] => {
  const edits = automatic.map((result) => result.edits).reduce(addEdits, NO_EDITS);
  const audioMs = sum(automatic.map((result) => result.recording.durationMs));
  return [
    label,
    unit,
    automatic.length,
    audioMs / 60_000,
    referenceLength(edits),
    errorRate(edits),
    edits.substitutions,
    edits.deletions,
    edits.insertions,
    sum(automatic.map((result) => result.withheld)),
    automatic.filter((result) => result.wrongLanguage).length,
    given.length === 0 ? null : errorRate(given.map((result) => result.edits).reduce(addEdits, NO_EDITS)),
    audioMs / sum(automatic.map((result) => result.elapsedMs)),
    audioMs / sum(automatic.map((result) => result.cpuMs)),
  ];
};

/** Word and character error rates by kind of recording, with speed. `recordings` hold speech only. */
export const recognitionTable = async (
  model: string,
  ears: Ears,
  recordings: readonly Recording[],
  languageGiven: boolean,
): Promise<Table> => {
  const automatic: Result[] = [];
  const given: Result[] = [];
  for (const recording of recordings) {
    automatic.push(await recognise(ears, recording, false));
    if (languageGiven) given.push(await recognise(ears, recording, true));
  }
  const isChinese = ({ recording }: Result): boolean => recording.language === 'zh';
  const rows = [...Map.groupBy(automatic, (result) => result.recording.group)].map(([group, results]) =>
    row(
      group,
      unitOf(results.some(isChinese)),
      results,
      given.filter((result) => result.recording.group === group),
    ),
  );
  for (const chinese of [false, true]) {
    const all = automatic.filter((result) => isChinese(result) === chinese);
    if (all.length === 0) continue;
    const label = chinese ? 'all Chinese' : 'all English';
    rows.push(
      row(
        label,
        unitOf(chinese),
        all,
        given.filter((result) => isChinese(result) === chinese),
      ),
    );
  }
  return {
    title: `Recognition, ${model}: errors in % of what was said`,
    columns: [
      { name: 'kind' },
      { name: 'unit' },
      { name: 'files', format: asCount },
      { name: 'min', format: asDecimal(1) },
      { name: 'tokens', format: asCount },
      { name: 'error %', format: asPercent },
      { name: 'subst', format: asCount },
      { name: 'delet', format: asCount },
      { name: 'insert', format: asCount },
      { name: 'withheld', format: asCount },
      { name: 'wrong language', format: asCount },
      { name: 'language given %', format: asPercent },
      { name: 'x real time', format: asDecimal(1) },
      { name: 'x per core', format: asDecimal(1) },
    ],
    rows,
    notes: [
      'Whole listening path, one file after another; "x real time" is audio over wall time, "x per core" audio over processor time.',
      '"withheld": segments whose words the recogniser itself doubted.',
      '"wrong language": files with an utterance in another language than the one spoken.',
    ],
  };
};
