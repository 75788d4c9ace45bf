/**
 * A process of its own that uses the embedded database of a folder, for tests that kill it.
 * `node database-process.ts DIR write`: adds numbers to the table `written` for ever, saying each once it is durable.
 * `node database-process.ts DIR once`: adds one number and leaves. A failure is said as JSON with its kind and message.
 */
import { Fault } from '../../src/core/faults.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { silent } from './surroundings.ts';
import { systemClock } from '../../src/clock.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

try {
  const [dataDir = '', mode] = process.argv.slice(2);
  const database = await openDatabase({ url: null, dataDir, log: silent, clock: systemClock });
  await database.pool
    .query('create table if not exists written (number bigint generated always as identity)')
    .catch(() => undefined);
  say('open');
  const times = mode === 'write' ? Infinity : 1;
  for (let time = 0; time < times; time += 1) {
    const { rows } = await database.pool.query<{ number: string }>(
      'insert into written default values returning number',
    );
    say(`wrote ${rows[0]?.number}`);
  }
  await database.close();
  say('closed');
} catch (error) {
  const known =
    error instanceof Fault ? { kind: error.kind, message: error.message } : { kind: 'none', message: String(error) };
  say(JSON.stringify(known));
  process.exitCode = 1;
}
