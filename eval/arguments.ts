import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { UsageProblem } from './data/data-folder.ts';

export type WhisperSize = 'base' | 'small';

export interface Options<Section extends string> {
  readonly dataFolder: string;
  readonly sections: readonly Section[];
  readonly models: readonly WhisperSize[];
  /** Transcriber workers, one thread each. */
  readonly threads: number;
  /** Recordings per kind, or meetings per set; null: all. */
  readonly limit: number | null;
  /** Also recognise with the language given, beside detecting it. */
  readonly languageGiven: boolean;
  readonly json: boolean;
}

const DEFAULT_DATA = fileURLToPath(new URL('../../shared/eval', import.meta.url));

const positive = (text: string | undefined, flag: string): number | null => {
  if (text === undefined) return null;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new UsageProblem(`--${flag} takes a whole number above 0, not "${text}".`);
};

const choose = <Name extends string>(
  given: string | undefined,
  known: readonly Name[],
  flag: string,
): readonly Name[] => {
  if (given === undefined) return known;
  const names = given.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !known.some((candidate) => candidate === name));
  if (unknown !== undefined) throw new UsageProblem(`--${flag} knows ${known.join(', ')}, not "${unknown}".`);
  return known.filter((name) => names.includes(name));
};

/** Reads the command line. Throws UsageProblem. */
export const readArguments = <Section extends string>(
  argv: readonly string[],
  sections: readonly Section[],
): Options<Section> => {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        data: { type: 'string' },
        only: { type: 'string' },
        model: { type: 'string' },
        threads: { type: 'string' },
        limit: { type: 'string' },
        'language-given': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new UsageProblem(error instanceof Error ? error.message : String(error), { cause: error });
  }
  return {
    dataFolder: values.data ?? DEFAULT_DATA,
    sections: choose(values.only, sections, 'only'),
    models: choose(values.model, ['base', 'small'], 'model'),
    threads: positive(values.threads, 'threads') ?? availableParallelism(),
    limit: positive(values.limit, 'limit'),
    languageGiven: values['language-given'],
    json: values.json,
  };
};
