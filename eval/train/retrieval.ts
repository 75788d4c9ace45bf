import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createMiniLm } from '../../src/providers/language/minilm/minilm.ts';
import { readArguments } from '../arguments.ts';
import { loadAskedMeetings } from '../data/asked-meetings.ts';
import { askedPassages } from '../product/asked-passages.ts';
import { cachedEmbedder } from '../product/cached-embedder.ts';
import { type RankKind, rankCases, trainRanking } from './retrieval-training.ts';

/** Fits the weights of passage ranking on all questions and writes them: `node eval/train/retrieval.ts [--data FOLDER]`. */
const TARGET = fileURLToPath(new URL('../../src/core/retrieval/rank-weights.ts', import.meta.url));

const written = (name: string, weights: object): string =>
  `export const ${name}: RankWeights = {\n${Object.entries(weights)
    .map(([feature, weight]) => `  ${feature}: ${String(weight)},\n`)
    .join('')}};\n`;

const embedder = cachedEmbedder(createMiniLm());
try {
  const { dataFolder } = readArguments(process.argv.slice(2), []);
  const meetings = await askedPassages(loadAskedMeetings(dataFolder), embedder);
  const fitted = (kind: RankKind) => trainRanking(rankCases(meetings, kind), kind);
  writeFileSync(
    TARGET,
    [
      "// Written by eval/train/retrieval.ts: weights on features of mean 0 and deviation 1, fitted on QMSum's questions.\nimport type { RankWeights } from './features.ts';\n",
      written('LEXICAL_WEIGHTS', fitted('lexical')),
      written('DENSE_WEIGHTS', fitted('dense')),
    ].join('\n'),
  );
} finally {
  await embedder.close();
}
