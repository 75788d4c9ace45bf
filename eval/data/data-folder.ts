import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';

/** Something that keeps the whole run from starting; its message is one sentence for the person who started it. */
export class UsageProblem extends Error {
  override readonly name = 'UsageProblem';
}

/** Makes sure that the folder holds the evaluation data. Throws UsageProblem. */
export const openDataFolder = (folder: string): string => {
  if (!existsSync(join(folder, 'audio', 'refs.json'))) {
    throw new UsageProblem(
      `There is no evaluation data in ${folder}: give the folder that holds audio/refs.json, meetings/ and text/ with --data.`,
    );
  }
  return folder;
};

/** Reads and checks one JSON file. Throws UsageProblem that names the file and what does not fit. */
export const readJson = <Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> => {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageProblem(
      `${path} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}.`,
      {
        cause: error,
      },
    );
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageProblem(`${path} is not what was expected: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`);
};
