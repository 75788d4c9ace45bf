import { expect, test } from 'vitest';
import type { Recording } from '../data/recordings.ts';
import { hear, speakerOf } from '../product/hear.ts';
import { scriptedEars, soundAt } from '../product/scripted-ears.ts';
import { detectionTable } from './detection.ts';
import { countWords, inventionTable } from './invention.ts';
import { countSpokenEdits, recognitionTable } from './recognition.ts';
import type { Table } from './table.ts';
import { trackAttributionTable } from './track-attribution.ts';

const recording = (over: Partial<Recording>): Recording => ({
  path: soundAt(4000, [1000, 3000]),
  name: 'one',
  group: 'en-read',
  text: 'we paid seventeen dollars',
  language: 'en',
  durationMs: 4000,
  note: null,
  ...over,
});
const cell = (table: Table, row: number, column: string): unknown =>
  table.rows.at(row)?.[table.columns.findIndex((candidate) => candidate.name === column)];

test('errors are counted through the listening path, with language detected and given', async () => {
  const texts = ['We paid $17.', 'We paid $70.', '设定29度。', '设定二十九度'];
  const ears = scriptedEars((segment) => ({ text: texts[segment] ?? '', language: segment === 2 ? 'ja' : 'en' }));
  const chinese = recording({ group: 'zh-read', text: '设定二十九度', language: 'zh' });
  const table = await recognitionTable('scripted', ears, [recording({}), chinese], true);
  expect(table.rows.map((row) => row[0])).toEqual(['en-read', 'zh-read', 'all English', 'all Chinese']);
  expect(cell(table, 0, 'error %')).toBe(0);
  expect(cell(table, 0, 'language given %')).toBeCloseTo(1 / 3);
  expect(cell(table, 1, 'unit')).toBe('CER');
  expect(cell(table, 1, 'error %')).toBe(0);
  expect(cell(table, 1, 'wrong language')).toBe(1);
});

test('nothing heard is everything lost', () => {
  expect(countSpokenEdits('en', 'one two three', '').deletions).toBe(1);
  expect(countSpokenEdits('zh', '今天', '').deletions).toBe(2);
});

test('invented words are counted by the minute, withheld ones by their reason', async () => {
  const ears = scriptedEars((segment) =>
    segment === 0 ? { text: 'Thank you.' } : { text: '', suppressed: 'no-speech' },
  );
  const silent = recording({ text: '', language: null, durationMs: 30_000, path: soundAt(30_000, [1000, 3000]) });
  const table = await inventionTable('scripted', ears, [silent, { ...silent, name: 'two' }]);
  expect(cell(table, 0, 'words/min')).toBe(4);
  expect(cell(table, 1, 'words')).toBe(0);
  expect(cell(table, 1, 'no-speech')).toBe(1);
  expect(cell(table, -1, 'words/min')).toBe(2);
});

test('words are letters and digits between spaces, or Chinese characters', () => {
  expect(countWords("I've 2 — 今天 ok.")).toBe(5);
  expect(countWords(' … ')).toBe(0);
});

test('speech found is told from speech written down', async () => {
  const ears = scriptedEars(() => ({ text: '', suppressed: 'low-confidence' }));
  const labelled = {
    name: 'ami-x',
    path: soundAt(6000, [1000, 3000]),
    durationMs: 6000,
    turns: [{ speaker: 'a', startMs: 1000, endMs: 5000 }],
  };
  const table = await detectionTable('scripted', ears, ears.detector, [labelled]);
  const [, seconds, fixed, , found, , written] = table.rows[0] ?? [];
  expect(seconds).toBe(4);
  expect(fixed).toBeGreaterThan(0.48);
  expect(found).toBeGreaterThan(0.48);
  expect(found).toBeLessThan(0.75);
  expect(written).toBe(0);
});

test('each track is scored against its own speaker', async () => {
  const ears = scriptedEars((segment) => ({ text: segment === 0 ? 'we ship on monday' : 'no tuesday' }));
  const meeting = {
    name: 'two',
    language: 'en',
    durationMs: 8000,
    tracks: [
      { speaker: 'Ann', path: soundAt(8000, [1000, 2500]) },
      { speaker: 'Bob', path: soundAt(8000, [4000, 6000]) },
    ],
    turns: [
      { speaker: 'Ann', startMs: 1000, endMs: 2500, text: 'We ship on Monday.' },
      { speaker: 'Bob', startMs: 4000, endMs: 6000, text: 'No, on Tuesday.' },
    ],
  };
  const heard = await hear(ears, meeting.tracks, null);
  expect(heard.utterances.map(speakerOf)).toEqual(['Ann', 'Bob']);
  const table = trackAttributionTable('scripted', [{ meeting, heard }]);
  expect(cell(table, 0, 'tokens')).toBe(7);
  expect(cell(table, 0, 'delet')).toBe(1);
  expect(cell(table, 0, 'error %')).toBeCloseTo(1 / 7);
  expect(cell(table, 0, 'right speaker %')).toBe(1);
  expect(cell(table, 0, 'cross-talk')).toBe(0);
});
