import { Fault } from '../core/faults.ts';
import type { Earshot } from '../main.ts';
import type { Console } from './console.ts';

/** Does jobs until the signal comes, then finishes or hands back what is running. */
export async function runWorker(earshot: Earshot, console: Console): Promise<void> {
  const worker = await earshot.work({});
  console.err('Earshot is working. Stop it with Ctrl-C or SIGTERM.\n');
  await aborted(console.signal);
  console.err('Stopping …\n');
  await worker.stop();
}

/** Every chat platform whose token is set, and the job worker. Throws Fault `bad-input` when no platform can be started. */
export async function runService(earshot: Earshot): Promise<never> {
  const { platformTokens } = earshot.config;
  if (platformTokens.length > 0) {
    throw new Fault(
      'start',
      'bad-input',
      `A token for ${platformTokens.join(' and ')} is set, but this version has no ${platformTokens.join(' or ')} adapter yet. "earshot transcribe FILE" and "earshot worker" work.`,
    );
  }
  throw new Fault(
    'start',
    'bad-input',
    'No chat platform is set up: set DISCORD_TOKEN, or SLACK_BOT_TOKEN with SLACK_APP_TOKEN. "earshot transcribe FILE" works without.',
  );
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
