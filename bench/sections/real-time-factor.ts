import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { asCount, asDecimal, type Cell, type Table } from '../../eval/tables/table.ts';
import { createFfmpeg } from '../../src/providers/media/ffmpeg.ts';
import { type Child, startChild } from '../child.ts';
import { type EnginePass, enginePass, type EngineTask } from '../engines/protocol.ts';
import { median } from '../medians.ts';
import { bundledSegments, writeSegments } from '../recording.ts';

const ENGINES = {
  earshot: new URL('../engines/earshot.ts', import.meta.url),
  'transformers.js': new URL('../engines/transformers.ts', import.meta.url),
};
type EngineName = keyof typeof ENGINES;

/** A dozen stretches; the peer takes half a minute for them on one thread. */
const FULL_SPEECH_MS = 45_000;
const QUICK_SPEECH_MS = 15_000;
const FULL_ROUNDS = 3;
const MB = 1e6;

interface Measured {
  readonly engine: EngineName;
  readonly threads: number;
  readonly passes: EnginePass[];
}

const measure = async (
  task: EngineTask,
  rounds: number,
  threadCounts: readonly number[],
): Promise<readonly Measured[]> => {
  const measured: Measured[] = [];
  for (const threads of threadCounts) {
    const running: { readonly child: Child; readonly result: Measured }[] = [];
    try {
      for (const engine of ['earshot', 'transformers.js'] as const) {
        running.push({
          child: await startChild(ENGINES[engine], { ...task, threads }),
          result: { engine, threads, passes: [] },
        });
      }
      // Turn and turn about, so that whatever else the machine does falls on both alike.
      for (let round = 0; round < rounds; round += 1) {
        for (const { child, result } of running) result.passes.push(await child.ask(enginePass));
      }
    } finally {
      await Promise.all(running.map(({ child }) => child.stop()));
    }
    measured.push(...running.map(({ result }) => result));
  }
  return measured;
};

const rows = (audioMs: number, measured: readonly Measured[]): readonly (readonly Cell[])[] => {
  const speed = ({ passes }: Measured): number => audioMs / median(passes.map((pass) => pass.elapsedMs));
  const cost = ({ passes }: Measured): number => median(passes.map((pass) => pass.cpuMs)) / audioMs;
  return measured.map((one) => {
    const peer = measured.find((other) => other.engine === 'transformers.js' && other.threads === one.threads) ?? one;
    return [
      one.engine,
      one.threads,
      speed(one),
      speed(one) / speed(peer),
      cost(one),
      cost(peer) / cost(one),
      median(one.passes.map((pass) => pass.words)),
      Math.max(...one.passes.map((pass) => pass.peakRssBytes)) / MB,
    ];
  });
};

/** Speed of recognition on the same stretches of speech and the same weights, side by side with transformers.js. */
export const realTimeFactorTable = async (model: string, quick: boolean): Promise<Table> => {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  try {
    const pcmPath = join(folder, 'segments.f32');
    const segments = await bundledSegments(createFfmpeg(), quick ? QUICK_SPEECH_MS : FULL_SPEECH_MS);
    const lengths = [...writeSegments(pcmPath, segments)];
    const audioMs = lengths.reduce((sum, length) => sum + length, 0) / 16;
    const task = { model, threads: 1, pcmPath, lengths, language: 'en' };
    const cores = availableParallelism();
    const measured = await measure(task, quick ? 1 : FULL_ROUNDS, cores > 1 ? [1, cores] : [1]);
    return {
      title: `Speed of recognition, ${model}: ${lengths.length} stretches, ${(audioMs / 1000).toFixed(0)} s of speech`,
      columns: [
        { name: 'engine' },
        { name: 'threads', format: asCount },
        { name: 'x real time', format: asDecimal(1) },
        { name: 'ratio', format: asDecimal(2) },
        { name: 'cpu s per s', format: asDecimal(3) },
        { name: 'ratio', format: asDecimal(2) },
        { name: 'words', format: asCount },
        { name: 'peak MB', format: asCount },
      ],
      rows: rows(audioMs, measured),
      notes: [
        `Medians of ${quick ? 'one pass' : `${FULL_ROUNDS} passes, the engines in turn`}; each engine in a process of its own, language given.`,
        'With several threads Earshot runs that many workers with one thread each, transformers.js one session with that many.',
        'Ratios are to transformers.js with as many threads: above 1 is faster, or cheaper.',
      ],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};
