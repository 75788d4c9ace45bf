import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { answerMessages } from '../answer-messages.ts';
import { engineTask, type EnginePass, type EngineTask } from './protocol.ts';

/** Hears all segments once and gives their texts. */
export type Engine = (segments: readonly Float32Array[]) => Promise<readonly string[]>;

const segmentsOf = (task: EngineTask): readonly Float32Array[] => {
  const file = readFileSync(task.pcmPath);
  const all = new Float32Array(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
  let at = 0;
  return task.lengths.map((length) => {
    at += length;
    return all.slice(at - length, at);
  });
};

const onePass = async (engine: Engine, segments: readonly Float32Array[]): Promise<EnginePass> => {
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const texts = await engine(segments);
  const cpu = process.cpuUsage(cpuBefore);
  return {
    elapsedMs: performance.now() - startedAt,
    cpuMs: (cpu.user + cpu.system) / 1000,
    words: texts
      .join(' ')
      .split(/\s+/)
      .filter((word) => word !== '').length,
    // The system counts in kibibytes.
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  };
};

/** Runs an engine as a child process: says when it is warm, then does one pass per message it is sent. */
export const serve = async (open: (task: EngineTask) => Promise<Engine>): Promise<void> => {
  const task = engineTask.parse(JSON.parse(process.argv[2] ?? ''));
  const segments = segmentsOf(task);
  const engine = await open(task);
  await engine(segments.slice(0, task.threads));
  await answerMessages(() => onePass(engine, segments));
};
