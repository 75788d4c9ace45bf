import { checkAnswer, checkMinutes } from '../../cite.ts';
import type { Minutes, Provenance } from '../../model.ts';
import type { Analyst, Clock, DateReader, LanguageModel, Log } from '../../ports.ts';
import { sentencesOf } from '../extractive/sentences.ts';
import { answerInquiry } from './answer-inquiry.ts';
import { PROMPT_VERSION } from './instructions.ts';
import { createSession } from './session.ts';
import type { Session } from './session.ts';
import { writeMinutes } from './write-minutes.ts';

/**
 * The analyst that writes: facts per window of the record, merged in code, written up once, every line cited and
 * checked. What the model cannot do, `fallback` does, and the minutes say which parts: the model's failures never
 * surface. Rejects only with the signal's reason, or with what `fallback` rejects with.
 */
export function createGenerative(options: {
  readonly model: LanguageModel;
  readonly fallback: Analyst;
  readonly clock: Pick<Clock, 'now'>;
  /** Reads due dates that need a calendar; null: only the plain ones are read. */
  readonly dates?: DateReader | null;
  readonly log: Log;
}): Analyst {
  const { model, fallback, clock, log } = options;

  const provenance = (session: Session): Provenance => {
    const [provider = '', ...rest] = model.name.split('/');
    const usage = session.usage();
    return {
      provider,
      model: rest.join('/'),
      promptVersion: PROMPT_VERSION,
      ...(usage === null ? {} : { usage }),
      at: clock.now().toISOString(),
    };
  };

  return {
    name: model.name,
    async minutes(transcript, brief, signal) {
      signal.throwIfAborted();
      const sentences = sentencesOf(transcript.utterances);
      // There is nothing to ask a model about.
      if (sentences.length === 0) {
        return checkMinutes(await fallback.minutes(transcript, brief, signal), transcript, brief);
      }
      let other: Promise<Minutes> | null = null;
      const instead = (): Promise<Minutes> => (other ??= fallback.minutes(transcript, brief, signal));
      const session = createSession({ model, log, signal });
      const by = (): Provenance => provenance(session);
      const writing = { session, transcript, sentences, brief, instead, dates: options.dates ?? null, by };
      const minutes = checkMinutes(await writeMinutes(writing), transcript, brief);
      log.info('minutes written', {
        model: model.name,
        calls: session.usage()?.calls ?? 0,
        rejected: minutes.rejected,
        fallbacks: minutes.fallbacks.length,
      });
      return minutes;
    },
    async answer(inquiry, signal) {
      signal.throwIfAborted();
      const session = createSession({ model, log, signal });
      const answer = await answerInquiry(inquiry, session, () => provenance(session));
      if (answer !== null) return answer;
      const other = checkAnswer(await fallback.answer(inquiry, signal), inquiry.evidence);
      const usage = session.usage();
      const by = usage === null ? other.by : { ...other.by, usage };
      return { ...other, by, fallback: session.gone() ?? 'bad-output' };
    },
  };
}
