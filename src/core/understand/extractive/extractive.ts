import { Fault } from '../../faults.ts';
import type { Provenance, Transcript } from '../../model.ts';
import type { Analyst, Clock, DateReader, Embeddings, Log } from '../../ports.ts';
import { answerFrom } from './answer.ts';
import { minutesOf } from './minutes.ts';
import { type Sentence, sentencesOf } from './sentences.ts';
import type { SentenceVectors } from './sentence-vectors.ts';

export interface ExtractiveOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** Null: words alone. Languages it does not cover are read by their words. */
  readonly embeddings: Embeddings | null;
  /** Null: only what needs no calendar of words, such as `2026-03-05`, becomes a date. */
  readonly dates: DateReader | null;
  readonly log: Pick<Log, 'error'>;
}

/**
 * The analyst that needs no language model: it quotes. Deterministic; English and Chinese. An embedder that fails costs
 * quality, never the minutes: words alone are read then. It throws only the signal's reason.
 */
export function createExtractive({ clock, embeddings, dates, log }: ExtractiveOptions): Analyst {
  const by = (): Provenance => ({ provider: 'earshot', model: 'extractive', at: clock.now().toISOString() });

  async function vectors(
    transcript: Transcript,
    sentences: readonly Sentence[],
    signal: AbortSignal,
  ): Promise<SentenceVectors> {
    if (embeddings === null || sentences.length === 0 || !embeddings.covers(transcript.language)) return null;
    try {
      const texts = sentences.map(({ text }) => text);
      return await embeddings.of(transcript.meetingId, texts, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Fault)) throw error;
      log.error('embedding failed', error, { meetingId: transcript.meetingId });
      return null;
    }
  }

  return {
    name: 'extractive',
    minutes: async (transcript, brief, signal) => {
      signal.throwIfAborted();
      const sentences = sentencesOf(transcript.utterances);
      return minutesOf(transcript, sentences, await vectors(transcript, sentences, signal), brief, by(), dates);
    },
    answer: async (inquiry, signal) => {
      signal.throwIfAborted();
      if (embeddings === null || !inquiry.evidence.every(({ language }) => embeddings.covers(language))) {
        return answerFrom(inquiry, by(), null);
      }
      try {
        return await answerFrom(inquiry, by(), (meetingId, texts) => embeddings.of(meetingId, texts, signal));
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Fault)) throw error;
        log.error('embedding failed', error);
        return answerFrom(inquiry, by(), null);
      }
    },
  };
}
