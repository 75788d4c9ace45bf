import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createMiniLm } from '../../src/providers/language/minilm/minilm.ts';
import { readArguments } from '../arguments.ts';
import { loadAskedMeetings } from '../data/asked-meetings.ts';
import { askedPassages } from '../product/asked-passages.ts';
import { caseOf, readAsked } from '../product/asked-readings.ts';
import { cachedEmbedder } from '../product/cached-embedder.ts';
import { trainAnswers } from './answer-training.ts';

/** Fits the weights of the extractive answers on all questions and writes them: `node eval/train/answers.ts [--data FOLDER]`. */
const TARGET = fileURLToPath(
  new URL('../../src/core/understand/extractive/answering/answer-weights.ts', import.meta.url),
);

const embedder = cachedEmbedder(createMiniLm());
try {
  const { dataFolder } = readArguments(process.argv.slice(2), []);
  const meetings = await askedPassages(loadAskedMeetings(dataFolder), embedder);
  const readings = [...(await readAsked(meetings, null)), ...(await readAsked(meetings, embedder))];
  const weights = trainAnswers(readings.flatMap((reading) => caseOf(reading) ?? []));
  writeFileSync(
    TARGET,
    `// Written by eval/train/answers.ts: weights on features of mean 0 and deviation 1, fitted on QMSum's questions.\nimport type { AnswerWeights } from './answer-model.ts';\n\nexport const ANSWER_WEIGHTS: AnswerWeights = ${JSON.stringify(weights, null, 2).replaceAll('"', '')};\n`,
  );
} finally {
  await embedder.close();
}
