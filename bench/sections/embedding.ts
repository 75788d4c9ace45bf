import { asCount, asDecimal, type Table } from '../../eval/tables/table.ts';
import type { Embedder } from '../../src/core/ports.ts';
import { createMiniLm } from '../../src/providers/language/minilm/minilm.ts';
import { median } from '../medians.ts';
import { madeUpLines } from '../transcript.ts';

/** Half an hour of talk without a break has about this many. */
const FULL_LINES = 400;
const QUICK_LINES = 80;
const FULL_ROUNDS = 3;
const SEED = 11;
const MB = 1e6;

interface Way {
  readonly name: string;
  readonly embed: (embedder: Embedder, lines: readonly string[]) => Promise<unknown>;
}
const { signal } = new AbortController();
const WAYS: readonly Way[] = [
  { name: 'all lines in one call', embed: (embedder, lines) => embedder.embed(lines, signal) },
  {
    name: 'a call for each line',
    embed: async (embedder, lines) => {
      for (const line of lines) await embedder.embed([line], signal);
    },
  },
];

/** Processor time of this process, all threads, in seconds. */
const cpuSeconds = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1e6;
};

/** Cost of comparing meanings: loading the model, then lines of talk together and one by one. */
export const embeddingTable = async (quick: boolean): Promise<Table> => {
  const lines = madeUpLines(quick ? QUICK_LINES : FULL_LINES, SEED);
  const words = lines.join(' ').split(' ').length;
  const rounds = quick ? 1 : FULL_ROUNDS;
  const embedder = createMiniLm();
  try {
    const rssBefore = process.memoryUsage.rss();
    const loading = await cpuSeconds(() => embedder.embed(['warm'], signal));
    const taken = WAYS.map((): number[] => []);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, way] of WAYS.entries()) {
        taken[index]?.push(await cpuSeconds(() => way.embed(embedder, lines)));
      }
    }
    const grownBytes = process.memoryUsage.rss() - rssBefore;
    const alone = median(taken.at(-1) ?? []);
    return {
      title: `Meanings as vectors, ${embedder.name}: ${lines.length} lines, ${words} words`,
      columns: [
        { name: 'way' },
        { name: 'lines per cpu s', format: asCount },
        { name: 'words per cpu s', format: asCount },
        { name: 'ratio', format: asDecimal(2) },
      ],
      rows: WAYS.map(({ name }, index) => {
        const seconds = median(taken[index] ?? []);
        return [name, lines.length / seconds, words / seconds, alone / seconds];
      }),
      notes: [
        `One thread; medians of ${rounds === 1 ? 'one pass' : `${rounds} passes, the ways in turn`}. Ratios are to a call for each line.`,
        `The model took ${loading.toFixed(1)} s of processor time to load, and the process grew by ${asCount(grownBytes / MB)} MB.`,
      ],
    };
  } finally {
    await embedder.close();
  }
};
