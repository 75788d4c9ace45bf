import { describe, it } from 'vitest';
import { type PublicMeeting, publicMeeting } from '../../src/core/export/json.ts';
import { dataFolder, type Ended, run, start } from './earshot-process.ts';

type Folder = Awaited<ReturnType<typeof dataFolder>>;

const RECORDING = 'demo/clip.ogg';
/** Per seed. Two runs of kills go on at once, each with a database of its own: fifty in all. */
const KILLS = 25;
/** Fixed, so that a failure can be repeated; they spread the kills over start, listening, understanding and posting. */
const SEEDS = [20261123, 4711];

/** mulberry32: small, seeded, good enough to scatter moments. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What must be the same whatever happened on the way: everything but the meeting's own id and how long it took. */
function essence(json: string): unknown {
  const meeting: PublicMeeting = publicMeeting.parse(JSON.parse(json));
  const own = meeting.meeting.id;
  const { stats: _, ...rest } = meeting;
  return JSON.parse(JSON.stringify(rest).replaceAll(own, 'ID'));
}

/** The title makes each a meeting of its own; all took place at the same moment. */
function commandFor(title: string): readonly string[] {
  return ['transcribe', RECORDING, '--json', '--title', title, '--held-at', '2026-03-05T10:00:00Z'];
}

interface Survivor {
  readonly result: string;
  readonly kills: number;
  /** Kills that came after work on the meeting had begun. */
  readonly killedAtWork: number;
}

const AT_WORK = /listening|understanding|posting/u;

/** When a run is killed: so long after its start, or after it first said that it is at work on the meeting. */
interface KillMoment {
  readonly after: 'start' | 'work';
  readonly delayMs: number;
}

async function runAndKill(folder: Folder, title: string, moment: KillMoment): Promise<Ended> {
  const running = start(commandFor(title), folder);
  let timer: NodeJS.Timeout | null = null;
  const arm = (): void => {
    timer ??= setTimeout(() => running.child.kill('SIGKILL'), moment.delayMs);
  };
  if (moment.after === 'start') arm();
  else {
    running.child.stderr?.on('data', (text: string) => {
      if (AT_WORK.test(text)) arm();
    });
  }
  const ended = await running.ended;
  if (timer !== null) clearTimeout(timer);
  return ended;
}

/** Runs the command again and again, each time killed at `nextKill()`, until one run lives to the end. */
async function runUntilWhole(folder: Folder, title: string, nextKill: () => KillMoment): Promise<Survivor> {
  let kills = 0;
  let killedAtWork = 0;
  for (;;) {
    const ended = await runAndKill(folder, title, nextKill());
    if (ended.code === 0) return { result: ended.stdout, kills, killedAtWork };
    if (ended.signal !== 'SIGKILL') throw new Error(`it failed by itself: ${ended.stderr}`);
    kills += 1;
    if (AT_WORK.test(ended.stderr)) killedAtWork += 1;
  }
}

describe('kill -9', () => {
  it.concurrent.for(SEEDS)(
    'at any moment of listening, understanding and posting loses nothing and doubles nothing: one thread, the same as without (seed %i)',
    { timeout: 14 * 60_000 },
    async (seed, { expect, onTestFinished }) => {
      const data = await dataFolder();
      onTestFinished(() => data.remove());
      const folder = { ...data, env: { ...data.env, EARSHOT_THREADS: '1' } };
      const startedAt = performance.now();
      const whole = await run(commandFor('A'), folder);
      const wholeMs = performance.now() - startedAt;
      expect(whole.code, whole.stderr).toBe(0);
      const expected = JSON.stringify(essence(whole.stdout)).replaceAll('"A"', '"T"');
      expect(expected).toContain('utteranceIds');

      const random = randomFrom(seed);
      let reachMs = wholeMs;
      let kills = 0;
      let killedAtWork = 0;
      for (let round = 0; kills < KILLS; round++) {
        const title = `B${round}`;
        // Every other kill is counted from the start of work: how long a start takes differs between machines.
        let turn = 0;
        const survivor = await runUntilWhole(folder, title, () =>
          turn++ % 2 === 0
            ? { after: 'work', delayMs: (random() * reachMs) / 2 }
            : { after: 'start', delayMs: random() * reachMs },
        );
        // As fast as the machine is now: kills that come too late cost a whole run each.
        reachMs = Math.min(wholeMs, Math.max(wholeMs / 5, reachMs * (survivor.kills === 0 ? 0.7 : 1.1)));
        kills += survivor.kills;
        killedAtWork += survivor.killedAtWork;
        expect(JSON.stringify(essence(survivor.result)).replaceAll(`"${title}"`, '"T"')).toBe(expected);
        const { meeting } = publicMeeting.parse(JSON.parse(survivor.result));
        const thread = await run(['show', meeting.id], folder);
        expect(thread.stdout.match(/^Files$/gmu)).toHaveLength(1);
      }
      expect(kills).toBeGreaterThanOrEqual(KILLS);
      expect(killedAtWork).toBeGreaterThan(KILLS / 5);
    },
  );
});
