import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from './data-folder.ts';

const references = z.array(
  z.object({
    file: z.string(),
    text: z.string(),
    lang: z.string().nullable(),
    kind: z.string(),
    start: z.number(),
    end: z.number(),
    note: z.string().optional(),
  }),
);

/** One recording of one voice, or of none, with what was said. */
export interface Recording {
  readonly path: string;
  /** File name without its ending. */
  readonly name: string;
  /** The collection it comes from, e.g. `en-librispeech`. */
  readonly group: string;
  /** Empty when nobody speaks. */
  readonly text: string;
  /** ISO 639-1; null when nobody speaks. */
  readonly language: string | null;
  readonly durationMs: number;
  readonly note: string | null;
}

/** All recordings in `audio/refs.json`, in the order of that file. Throws UsageProblem. */
export const loadRecordings = (dataFolder: string): readonly Recording[] =>
  readJson(join(dataFolder, 'audio', 'refs.json'), references).map((entry) => {
    const [, group = '', file = ''] = entry.file.split('/');
    return {
      path: join(dataFolder, entry.file),
      name: file.replace(/\.\w+$/, ''),
      group,
      text: entry.text,
      language: entry.lang,
      durationMs: Math.round((entry.end - entry.start) * 1000),
      note: entry.note ?? null,
    };
  });

/** At most `limit` of each group, spread evenly over it so that a sample still holds every speaker; null keeps all. */
export const sampleByGroup = (recordings: readonly Recording[], limit: number | null): readonly Recording[] => {
  if (limit === null) return recordings;
  return [...Map.groupBy(recordings, (recording) => recording.group).values()].flatMap((group) =>
    group.length <= limit
      ? group
      : Array.from({ length: limit }, (_, index) => group[Math.floor((index * group.length) / limit)]).filter(
          (recording) => recording !== undefined,
        ),
  );
};
