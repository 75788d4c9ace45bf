import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDataFolder, UsageProblem } from './data-folder.ts';
import { loadLabelledRecordings, loadScript, loadTrackedMeeting, parseRttm } from './meetings.ts';
import { loadRecordings, sampleByGroup } from './recordings.ts';
import { loadWrittenMeetings } from './written-meetings.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-eval-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const write = (path: string, content: unknown): void => {
  const full = join(folder, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, typeof content === 'string' ? content : JSON.stringify(content));
};
const recording = (file: string, text: string): object => ({
  file,
  text,
  lang: 'en',
  kind: 'read',
  start: 0,
  end: 2.5,
  speaker: 's',
});

describe('the evaluation data', () => {
  test('that is not there is named in one sentence', () => {
    expect(() => openDataFolder(folder)).toThrow(UsageProblem);
    expect(() => openDataFolder(folder)).toThrow(/^There is no evaluation data in .*--data\.$/);
    write('audio/refs.json', []);
    expect(openDataFolder(folder)).toBe(folder);
  });

  test('that is malformed names the file and the field', () => {
    write('audio/refs.json', '[{');
    expect(() => loadRecordings(folder)).toThrow(/refs\.json cannot be read as JSON/);
    write('audio/refs.json', [{ file: 'a' }]);
    expect(() => loadRecordings(folder)).toThrow(/refs\.json is not what was expected: 0\.text/);
  });

  test('lists recordings by group', () => {
    write('audio/refs.json', [recording('audio/en-read/one.flac', 'hello there')]);
    expect(loadRecordings(folder)).toEqual([
      {
        path: join(folder, 'audio/en-read/one.flac'),
        name: 'one',
        group: 'en-read',
        text: 'hello there',
        language: 'en',
        durationMs: 2500,
        note: null,
      },
    ]);
  });

  test('is sampled evenly from every group', () => {
    write('audio/refs.json', [
      ...Array.from({ length: 9 }, (_, index) => recording(`audio/a/${index}.flac`, 'x')),
      recording('audio/b/0.flac', 'x'),
    ]);
    const all = loadRecordings(folder);
    expect(sampleByGroup(all, 3).map(({ group, name }) => group + name)).toEqual(['a0', 'a3', 'a6', 'b0']);
    expect(sampleByGroup(all, null)).toHaveLength(10);
  });

  test('reads meetings recorded in tracks, and their script', () => {
    write('meetings/standup/ref.json', {
      lang: 'en',
      duration: 3.5,
      tracks: { Ann: 'track-Ann.flac' },
      turns: [{ speaker: 'Ann', text: 'I will send it by Friday.', start: 0.5, end: 2 }],
      topics: [{ title: 'Offer', start_turn: 0, end_turn: 0 }],
      action_items: [{ owner: 'Ann', task: 'send it', due: 'Friday', evidence_turns: [0] }],
      decisions: [],
      queries: [{ question: 'Who sends it?', answer: 'Ann', relevant_turns: [0], answerable: true }],
    });
    expect(loadTrackedMeeting(folder, 'standup')).toEqual({
      name: 'standup',
      language: 'en',
      durationMs: 3500,
      tracks: [{ speaker: 'Ann', path: join(folder, 'meetings/standup/track-Ann.flac') }],
      turns: [{ speaker: 'Ann', startMs: 500, endMs: 2000, text: 'I will send it by Friday.' }],
    });
    expect(loadScript(folder, 'standup')).toEqual({
      chapters: [{ title: 'Offer', startTurn: 0 }],
      actions: [{ owner: 'Ann', task: 'send it', due: 'Friday', turns: [0] }],
      decisions: [],
      questions: [{ question: 'Who sends it?', answerable: true, turns: [0] }],
    });
  });

  test('reads labelled turns', () => {
    const rttm = 'SPEAKER x 1 4.304 2.448 <NA> <NA> MEE012 <NA> <NA>\n\n; comment\n';
    expect(parseRttm(rttm)).toEqual([{ speaker: 'MEE012', startMs: 4304, endMs: 6752 }]);
    write('meetings/ami-x/ref.rttm', rttm);
    write('meetings/ami-x/ref.json', { duration: 30 });
    write('meetings/other/ref.rttm', rttm);
    expect(loadLabelledRecordings(folder)).toMatchObject([{ name: 'ami-x', durationMs: 30_000 }]);
  });

  test('reads written meetings: topics begin where any topic begins, times are optional', () => {
    write('text/qmsum/a.json', {
      meeting: 'a',
      lang: 'en',
      turns: [
        { speaker: 'A', text: 'One. Two.', sentences: ['One.', 'Two.'] },
        { speaker: 'B', text: 'Three.', start: 1, end: 2.5 },
        { speaker: 'B', text: 'Four.' },
      ],
      topics: [
        { title: 'later', start_turn: 1, end_turn: 2 },
        { title: 'first', start_turn: 0, end_turn: 0 },
        { title: 'again', start_turn: 1, end_turn: 1 },
      ],
      action_items: [{ text: 'do', evidence: [{ turn: 0, sent: 1 }] }],
    });
    const [meeting] = loadWrittenMeetings(folder, 'qmsum');
    expect(meeting?.topicStarts).toEqual([1]);
    expect(meeting?.turns[0]).toEqual({ speaker: 'A', text: 'One. Two.', sentences: ['One.', 'Two.'] });
    expect(meeting?.turns[1]).toEqual({
      speaker: 'B',
      text: 'Three.',
      sentences: ['Three.'],
      startMs: 1000,
      endMs: 2500,
    });
    expect(meeting?.actions).toEqual([{ text: 'do', evidence: [{ turn: 0, sentence: 1 }] }]);
  });
});
