import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { asCount, asDecimal, type Cell, type Table } from '../../eval/tables/table.ts';
import { createFfmpeg } from '../../src/providers/media/ffmpeg.ts';
import { startChild } from '../child.ts';
import { median } from '../medians.ts';
import { bundledMeeting, wholePcm, writeRepeated } from '../recording.ts';

const MINUTE_MS = 60_000;
const FULL_LENGTHS_MIN = [5, 60, 180];
const QUICK_LENGTHS_MIN = [3, 6, 12];
/** With the bundled track's own silences, speech is about a sixth of the time: somebody who talks in a long meeting. */
const PAUSE_MS = 120_000;
const FIRST_ROUNDS = 3;
const MB = 1e6;

const hearing = z.object({
  audioMs: z.number(),
  speechMs: z.number(),
  utterances: z.number(),
  loadMs: z.number(),
  firstMs: z.number().nullable(),
  listenMs: z.number(),
  peakRssBytes: z.number(),
});

const hearInFreshProcess = async (path: string, model: string): Promise<z.output<typeof hearing>> => {
  const child = await startChild(new URL('../children/listening.ts', import.meta.url), {
    path,
    model,
    threads: availableParallelism(),
  });
  try {
    return await child.ask(hearing);
  } finally {
    await child.stop();
  }
};

/** Peak memory of the listening process by length of the recording; each length in a process of its own. */
export const memoryTable = async (model: string, quick: boolean): Promise<Table> => {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  try {
    const [track] = bundledMeeting().tracks;
    const pcm = await wholePcm(createFfmpeg(), track?.path ?? '');
    const rows: Cell[][] = [];
    let shortestPeak: number | null = null;
    for (const minutes of quick ? QUICK_LENGTHS_MIN : FULL_LENGTHS_MIN) {
      const path = join(folder, 'recording.wav');
      writeRepeated(path, pcm, PAUSE_MS, minutes * MINUTE_MS);
      const heard = await hearInFreshProcess(path, model);
      shortestPeak ??= heard.peakRssBytes;
      rows.push([
        heard.audioMs / MINUTE_MS,
        heard.speechMs / MINUTE_MS,
        heard.utterances,
        heard.peakRssBytes / MB,
        heard.peakRssBytes / shortestPeak,
        heard.audioMs / heard.listenMs,
      ]);
    }
    return {
      title: `Peak memory while listening, ${model}, ${availableParallelism()} workers`,
      columns: [
        { name: 'min', format: asCount },
        { name: 'speech min', format: asDecimal(1) },
        { name: 'utterances', format: asCount },
        { name: 'peak MB', format: asCount },
        { name: 'to the shortest', format: asDecimal(2) },
        { name: 'x real time', format: asDecimal(1) },
      ],
      rows,
      notes: ['The bundled recording again and again, with pauses; highest resident set size of the whole process.'],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** How long until the first words are there. */
export const firstUtteranceTable = async (models: readonly string[], quick: boolean): Promise<Table> => {
  const [track] = bundledMeeting().tracks;
  const rows: Cell[][] = [];
  for (const model of models) {
    const rounds = [];
    for (let round = 0; round < (quick ? 1 : FIRST_ROUNDS); round += 1) {
      rounds.push(await hearInFreshProcess(track?.path ?? '', model));
    }
    rows.push([
      model,
      median(rounds.map((round) => round.loadMs)),
      median(rounds.map((round) => round.firstMs ?? Number.NaN)),
      median(rounds.map((round) => round.listenMs)),
      median(rounds.map((round) => round.audioMs)) / 1000,
    ]);
  }
  return {
    title: 'Time to the first utterance of a recording',
    columns: [
      { name: 'model' },
      { name: 'models loaded ms', format: asCount },
      { name: 'then first utterance ms', format: asCount },
      { name: 'whole recording ms', format: asCount },
      { name: 'its length s', format: asCount },
    ],
    rows,
    notes: [
      `One track of the bundled recording; ${quick ? 'one fresh process' : `medians of ${FIRST_ROUNDS} fresh processes`}.`,
    ],
  };
};
