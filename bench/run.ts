import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { renderTable, type Table } from '../eval/tables/table.ts';
import { databaseTable } from './sections/database.ts';
import { embeddingTable } from './sections/embedding.ts';
import { understandingTable } from './sections/understanding.ts';
import { retrievalTable } from './sections/retrieval.ts';
import { firstUtteranceTable, memoryTable } from './sections/listening.ts';
import { realTimeFactorTable } from './sections/real-time-factor.ts';

const SECTIONS = ['speed', 'memory', 'first', 'database', 'retrieval', 'embedding', 'understanding'] as const;
const MODELS = ['base', 'small'];

/** Flags: `--only speed,memory,first,database,retrieval,embedding,understanding`, `--model base,small`, `--quick` (smaller, no medians), `--json`. */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: SECTIONS.join(',') },
    model: { type: 'string', default: MODELS.join(',') },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const wanted = values.only.split(',');
const models = MODELS.filter((model) => values.model.split(',').includes(model));
const unknown = wanted.find((name) => !SECTIONS.some((section) => section === name));

async function* measure(section: (typeof SECTIONS)[number]): AsyncGenerator<Table> {
  switch (section) {
    case 'speed':
      if (!existsSync(new URL('node_modules/@huggingface/transformers', import.meta.url))) {
        console.error('To measure against transformers.js, install it first: npm ci --prefix bench. The rest goes on.');
        break;
      }
      for (const model of models) yield await realTimeFactorTable(model, values.quick);
      break;
    case 'memory':
      for (const model of models.slice(0, 1)) yield await memoryTable(model, values.quick);
      break;
    case 'first':
      yield await firstUtteranceTable(models, values.quick);
      break;
    case 'database':
      yield await databaseTable(values.quick);
      break;
    case 'retrieval':
      yield await retrievalTable(values.quick);
      break;
    case 'understanding':
      yield await understandingTable(values.quick);
      break;
    case 'embedding':
      yield await embeddingTable(values.quick);
      break;
  }
}

if (unknown !== undefined || models.length === 0) {
  console.error(`--only knows ${SECTIONS.join(', ')}; --model knows ${MODELS.join(', ')}.`);
  process.exitCode = 1;
} else {
  const tables: Record<string, Table[]> = {};
  for (const section of SECTIONS.filter((name) => wanted.includes(name))) {
    const done: Table[] = [];
    tables[section] = done;
    for await (const table of measure(section)) {
      done.push(table);
      if (!values.json) console.log(`${renderTable(table)}\n`);
    }
  }
  if (values.json) console.log(JSON.stringify(tables, null, 2));
}
