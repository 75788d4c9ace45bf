import { performance } from 'node:perf_hooks';
import { type Ears, listen } from '../../src/core/listen.ts';
import type { Person, SuppressionReason, Utterance } from '../../src/core/model.ts';
import { EVALUATED_MEETING, evaluatedTrack } from './ids.ts';

export interface Voice {
  /** Null: a mix of unknown voices. */
  readonly speaker: string | null;
  readonly path: string;
}
export interface Heard {
  /** Ordered by start. */
  readonly utterances: readonly Utterance[];
  readonly segments: number;
  readonly suppressed: Readonly<Record<SuppressionReason, number>>;
  /** Wall time. */
  readonly elapsedMs: number;
  /** Processor time of this process, all threads. */
  readonly cpuMs: number;
}

const person = (name: string): Person => ({ platform: 'eval', id: name, displayName: name });

/** Name of whoever an utterance is attributed to; `?` for a mix. */
export const speakerOf = (utterance: Utterance): string =>
  utterance.speaker.kind === 'person' ? utterance.speaker.person.displayName : '?';

/** Segments whose words were withheld, whatever the reason. */
export const withheldSegments = ({ suppressed }: Heard): number =>
  Object.values(suppressed).reduce((left, count) => left + count, 0);

/** Listens to recordings that start together, through the product's own listening path. */
export const hear = async (ears: Ears, voices: readonly Voice[], language: string | null): Promise<Heard> => {
  const utterances: Utterance[] = [];
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const result = await listen(
    ears,
    {
      meetingId: EVALUATED_MEETING,
      language,
      tracks: voices.map((voice, index) => ({
        track: {
          id: evaluatedTrack(index),
          meetingId: EVALUATED_MEETING,
          index,
          speaker: voice.speaker === null ? null : person(voice.speaker),
          media: { key: voice.path, mediaType: 'audio/flac', bytes: 0, sha256: '' },
          startMs: 0,
          durationMs: null,
          heardMs: 0,
        },
        path: voice.path,
        lastLanguage: null,
      })),
    },
    {
      heard: async (_trackId, batch) => {
        utterances.push(...batch.utterances);
      },
    },
    new AbortController().signal,
  );
  const cpu = process.cpuUsage(cpuBefore);
  return {
    utterances: utterances.toSorted((a, b) => a.startMs - b.startMs),
    segments: result.segments,
    suppressed: result.suppressed,
    elapsedMs: performance.now() - startedAt,
    cpuMs: (cpu.user + cpu.system) / 1000,
  };
};
