import { Fault } from '../src/core/faults.ts';
import { readArguments } from './arguments.ts';
import { openDataFolder, UsageProblem } from './data/data-folder.ts';
import { measure, SECTIONS } from './sections.ts';
import { renderTable, type Table } from './tables/table.ts';

/** Quality on recorded and written meetings: `npm run eval -- --only chapters --limit 5`. See readArguments for the flags. */
const main = async (): Promise<void> => {
  const run = readArguments(process.argv.slice(2), SECTIONS);
  openDataFolder(run.dataFolder);
  const tables: Record<string, Table[]> = {};
  for (const section of run.sections) {
    const done: Table[] = [];
    tables[section] = done;
    for await (const table of measure(section, run)) {
      done.push(table);
      if (!run.json) console.log(`${renderTable(table)}\n`);
    }
  }
  if (run.json) console.log(JSON.stringify(tables, null, 2));
};

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageProblem || error instanceof Fault)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
