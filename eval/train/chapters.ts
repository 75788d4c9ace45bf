/**
 * Trains what tells where topics start: `node eval/train/chapters.ts [data folder]` writes
 * src/core/understand/extractive/boundary-weights.ts. How it does on talks it has not seen, by kind of talk:
 * `npm run eval -- --only chapters`.
 */
import { writeFileSync } from 'node:fs';
import { openDataFolder } from '../data/data-folder.ts';
import { loadWrittenMeetings } from '../data/written-meetings.ts';
import { fitBoundaryModel, markedTalk } from './chapter-training.ts';

const folder = openDataFolder(process.argv[2] ?? '../shared/eval');
const talks = (['qmsum', 'vcsum', 'tinyrec'] as const).flatMap((set) =>
  loadWrittenMeetings(folder, set).flatMap((meeting) => markedTalk(set, meeting) ?? []),
);
const { weights, count } = fitBoundaryModel(talks);
const names = talks[0]?.names ?? [];
writeFileSync(
  new URL('../../src/core/understand/extractive/boundary-weights.ts', import.meta.url),
  `import type { BoundaryModel } from './boundary-model.ts';

/** Written by eval/train/chapters.ts: run it again whenever the features change. */
export const BOUNDARY_WEIGHTS: BoundaryModel = {
  weights: [
${weights.map((weight, at) => `    ${weight}, // ${names[at] ?? ''}`).join('\n')}
  ],
  count: { base: ${count.base}, words: ${count.words}, turns: ${count.turns} },
};
`,
);
console.log(`${talks.length} talks, ${names.length} features`);
