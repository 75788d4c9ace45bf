import { Fault } from '../core/faults.ts';
import type { MeetingId } from '../core/model.ts';
import type { Earshot } from '../main.ts';
import type { Console } from './console.ts';
import type { ProgressBar } from './progress-bar.ts';

/** How often the database is asked how far a meeting is. */
const POLL_MS = 200;

/**
 * Works on one meeting in this process, showing progress, until its thread is posted. Another process may take the
 * work as well; what counts is what the database says. Throws the Fault the meeting failed with, or the signal's reason
 * when interrupted: the meeting then rests until `resume`.
 */
export async function followToThread(
  earshot: Earshot,
  id: MeetingId,
  bar: ProgressBar,
  console: Console,
): Promise<void> {
  const worker = await earshot.work({ only: id });
  try {
    for (;;) {
      const progress = await earshot.inbox.progress(id);
      if (progress === null) throw new Fault('inbox', 'not-found', 'The meeting was deleted while it was worked on.');
      const { state } = progress.meeting;
      if (state.kind === 'posted') return;
      if (state.kind === 'failed') {
        throw new Fault(state.fault.source, state.fault.retryable ? 'unavailable' : 'bad-input', state.fault.message);
      }
      bar.show(state.kind, progress.share);
      await earshot.clock.sleep(POLL_MS, console.signal);
    }
  } finally {
    bar.clear();
    await worker.stop();
    if (console.signal.aborted) await earshot.inbox.pause(id);
  }
}

/** Waits until a deletion that was asked for has happened. */
export async function followToOblivion(earshot: Earshot, id: MeetingId, console: Console): Promise<void> {
  const worker = await earshot.work({ only: id });
  try {
    while ((await earshot.inbox.progress(id)) !== null) await earshot.clock.sleep(POLL_MS, console.signal);
  } finally {
    await worker.stop();
  }
}
