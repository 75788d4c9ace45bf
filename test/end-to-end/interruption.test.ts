import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicMeeting } from '../../src/core/export/json.ts';
import { dataFolder, type Running, run, start } from './earshot-process.ts';

let folder: Awaited<ReturnType<typeof dataFolder>>;
beforeAll(async () => {
  folder = await dataFolder();
});
afterAll(() => folder.remove());

/** Service managers kill what has not ended by then (Docker's default). */
const PATIENCE_MS = 10_000;

async function said(running: Running, words: RegExp): Promise<void> {
  let text = '';
  for await (const [chunk] of onText(running)) {
    text += chunk;
    if (words.test(text)) return;
  }
  throw new Error(`it ended without saying ${words}: ${text}`);
}
async function* onText(running: Running): AsyncGenerator<[string]> {
  const ended = running.ended.then(() => null);
  for (;;) {
    const next = await Promise.race([once(running.child.stderr ?? running.child, 'data'), ended]);
    if (next === null) return;
    yield [String(next[0])];
  }
}

async function endsInTime(running: Running): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const timer = setTimeout(() => running.child.kill('SIGKILL'), PATIENCE_MS);
  const ended = await running.ended;
  clearTimeout(timer);
  expect(ended.signal).toBeNull();
  return ended;
}

describe('a worker', () => {
  it('that is told to stop with SIGTERM ends by itself, with success', async () => {
    const worker = start(['worker'], folder);
    await said(worker, /Earshot is working/u);
    worker.child.kill('SIGTERM');
    expect((await endsInTime(worker)).code).toBe(0);
  });
});

describe('transcribe', () => {
  it('that is interrupted while listening says how to go on, and the same command then goes on', async () => {
    const command = ['transcribe', '--tracks', 'Mia=demo/tracks/mia.ogg', 'Tom=demo/tracks/tom.ogg', '--json'];
    const first = start(command, folder);
    await said(first, /listening [1-9]\d? %/u);
    first.child.kill('SIGINT');
    const stopped = await endsInTime(first);
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain('Run the same command again to go on from here.');

    const second = await run(command, folder);
    expect(second.code, second.stderr).toBe(0);
    const meeting = publicMeeting.parse(JSON.parse(second.stdout));
    expect(new Set(meeting.utterances.map((utterance) => utterance.id)).size).toBe(meeting.utterances.length);
    // What was heard before the interruption was not heard again.
    expect(second.stderr).not.toContain('listening 0 %');
    const meetings = await run(['meetings', '--json'], folder);
    expect(JSON.parse(meetings.stdout)).toHaveLength(1);

    const third = await run(command, folder);
    expect(third.stderr).toContain('is known already');
    expect(JSON.parse(third.stdout)).toEqual(JSON.parse(second.stdout));
  }, 240_000);
});

describe('what people said', () => {
  it('is data, never instructions, and never in a log: at the most talkative level no word of it is logged', async () => {
    const ended = await run(['transcribe', 'demo/clip.ogg', '--speaker', 'Bartholomew', '--json'], {
      env: { ...folder.env, EARSHOT_LOG: 'info' },
    });
    expect(ended.code, ended.stderr).toBe(0);
    const meeting = publicMeeting.parse(JSON.parse(ended.stdout));
    const logged = ended.stderr
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .join('\n')
      .toLowerCase();
    expect(logged).toContain(meeting.meeting.id);
    const words = meeting.utterances.flatMap((utterance) => utterance.text.toLowerCase().match(/\p{L}{5,}/gu) ?? []);
    expect(words.length).toBeGreaterThan(3);
    expect([...words, 'bartholomew'].filter((word) => logged.includes(word))).toEqual([]);
  });
});
