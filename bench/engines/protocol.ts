import { z } from 'zod';

/** What an engine's process is told when it starts. */
export const engineTask = z.object({
  /** `base` or `small`. */
  model: z.string(),
  /** Inference threads, or workers with one thread each. */
  threads: z.number().int().positive(),
  /** 16 kHz mono float32 little-endian samples, all segments one after another. */
  pcmPath: z.string(),
  /** Samples of each segment, in order. */
  lengths: z.array(z.number().int().positive()),
  language: z.string(),
});
export type EngineTask = z.output<typeof engineTask>;

/** One pass over all segments. */
export const enginePass = z.object({
  elapsedMs: z.number(),
  /** Processor time of the engine's process, all threads. */
  cpuMs: z.number(),
  /** Words heard: says whether two engines did the same work. */
  words: z.number(),
  peakRssBytes: z.number(),
});
export type EnginePass = z.output<typeof enginePass>;
