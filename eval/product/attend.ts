import { createReadStream } from 'node:fs';
import { readConfig } from '../../src/config.ts';
import { Fault } from '../../src/core/faults.ts';
import type { Answer, Minutes, Transcript } from '../../src/core/model.ts';
import { HERE, namedSpeaker, OPERATOR } from '../../src/cli/operator.ts';
import { withThrowawayEarshot } from '../../src/main.ts';
import type { Voice } from './hear.ts';

export interface Attended {
  readonly transcript: Transcript;
  readonly minutes: Minutes;
  /** In the order of the questions. */
  readonly answers: readonly Answer[];
}

const POLL_MS = 200;

/**
 * The whole product on recordings that start together: taken in, listened to, understood, posted to a thread, and asked
 * about, with a database and a store that are thrown away. Throws the Fault a meeting failed with.
 */
export const attend = async (
  model: string,
  threads: number,
  voices: readonly Voice[],
  questions: readonly string[],
): Promise<Attended> => {
  const config = readConfig({ EARSHOT_WHISPER: model, EARSHOT_THREADS: String(threads) });
  const { signal } = new AbortController();
  return withThrowawayEarshot(config, async (earshot) => {
    const { meeting } = await earshot.inbox.transcribe(
      {
        key: 'eval',
        origin: HERE,
        by: OPERATOR,
        title: null,
        language: null,
        wishes: { template: null, language: null },
        heldAt: null,
        timeZone: 'UTC',
        tracks: voices.map(({ speaker, path }) => ({
          speaker: speaker === null ? null : namedSpeaker(speaker),
          mediaType: 'audio/flac',
          open: () => createReadStream(path),
        })),
      },
      signal,
    );
    const worker = await earshot.work({ only: meeting.id });
    try {
      for (;;) {
        const state = (await earshot.inbox.progress(meeting.id))?.meeting.state;
        if (state?.kind === 'posted') break;
        if (state?.kind === 'failed') throw new Fault(state.fault.source, 'unavailable', state.fault.message);
        await earshot.clock.sleep(POLL_MS);
      }
    } finally {
      await worker.stop();
    }
    const shown = await earshot.inbox.show(meeting.id, OPERATOR);
    if (shown === null || shown.minutes === null) throw new Error('A posted meeting has no minutes.');
    const answers: Answer[] = [];
    for (const question of questions) {
      answers.push(await earshot.inbox.ask(question, OPERATOR, { meetingId: meeting.id }, signal));
    }
    return { transcript: shown.transcript, minutes: shown.minutes, answers };
  });
};
