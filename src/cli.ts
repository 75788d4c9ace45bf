import { existsSync } from 'node:fs';
import { type Console, EXIT, explain, UsageError } from './cli/console.ts';
import { runProgram } from './cli/program.ts';
import { readConfig } from './config.ts';
import { whisperLanguages } from './providers/speech/whisper/languages.ts';

/** A second signal within this time is the same keypress, delivered to a whole process group. */
const SAME_KEYPRESS_MS = 1_000;

const stop = new AbortController();
let stoppedAt = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    const now = performance.now();
    if (stop.signal.aborted && now - stoppedAt > SAME_KEYPRESS_MS) process.exit(EXIT.interrupted);
    if (!stop.signal.aborted) {
      stoppedAt = now;
      stop.abort(new DOMException('Stopped by a signal', 'AbortError'));
    }
  });
}
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`earshot show ID | head`) is no failure.
  process.exit(error.code === 'EPIPE' ? EXIT.success : EXIT.failure);
});

const console: Console = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  live: process.stderr.isTTY,
  signal: stop.signal,
};

async function main(): Promise<number> {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    return await runProgram(process.argv.slice(2), {
      console,
      languages: whisperLanguages,
      // The database, the models and the SDKs are loaded once a command needs them: --help and usage errors come at once.
      withEarshot: async (role, use) => (await import('./main.ts')).withEarshot(readConfig(process.env), role, use),
      withThrowawayEarshot: async (use) =>
        (await import('./main.ts')).withThrowawayEarshot(readConfig(process.env), use),
      templates: async () => (await import('./main.ts')).shelfOfTemplates(readConfig(process.env)),
      models: async () => (await import('./main.ts')).modelShelf(readConfig(process.env)),
      examine: async () => (await import('./doctor.ts')).examine(process.env),
    });
  } catch (error) {
    if (stop.signal.aborted && error === stop.signal.reason) {
      console.err('Stopped. Run the same command again to go on from here.\n');
      return EXIT.interrupted;
    }
    console.err(`earshot: ${explain(error)}\n`);
    return error instanceof UsageError ? EXIT.usage : EXIT.failure;
  }
}

process.exitCode = await main();
