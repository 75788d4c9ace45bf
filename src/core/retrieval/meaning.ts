/** What was said, embedded as it comes in, so that minutes and questions find it done. */
import { Fault } from '../faults.ts';
import type { Transcript, Utterance } from '../model.ts';
import type { Embeddings, Log, PassageIndex } from '../ports.ts';
import { type Sentence, sentencesOf } from '../understand/extractive/sentences.ts';
import { passageRuns } from './passages.ts';

export interface Meaning {
  /** Embeds what was just said. Never throws but for the signal's reason: a meeting is heard whether or not it can be embedded. */
  heard(meetingId: Transcript['meetingId'], utterances: readonly Utterance[], signal: AbortSignal): Promise<void>;
  /** Makes the meeting's passages findable by what they mean. Never throws but for the signal's reason. */
  index(transcript: Transcript, signal: AbortSignal): Promise<void>;
}

export function createMeaning(ports: {
  readonly embeddings: Embeddings;
  readonly passages: PassageIndex;
  readonly log: Pick<Log, 'error'>;
}): Meaning {
  const { embeddings, passages, log } = ports;

  async function unlessBroken(meetingId: Transcript['meetingId'], signal: AbortSignal, work: () => Promise<void>) {
    try {
      await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Fault)) throw error;
      log.error('embedding failed', error, { meetingId });
    }
  }

  const embed = (meetingId: Transcript['meetingId'], sentences: readonly Sentence[], signal: AbortSignal) =>
    embeddings.of(
      meetingId,
      sentences.map(({ text }) => text),
      signal,
    );

  return {
    heard: (meetingId, utterances, signal) =>
      unlessBroken(meetingId, signal, async () => {
        const known = utterances.filter(({ language }) => embeddings.covers(language));
        if (known.length > 0) await embed(meetingId, sentencesOf(known), signal);
      }),

    index: (transcript, signal) =>
      unlessBroken(transcript.meetingId, signal, async () => {
        if (transcript.utterances.length === 0 || !embeddings.covers(transcript.language)) return;
        const sentences = sentencesOf(transcript.utterances);
        const vectors = await embed(transcript.meetingId, sentences, signal);
        const means = passageRuns(transcript.utterances).map(({ from, to }) =>
          meanOf(
            sentences.flatMap((sentence, at) => {
              const vector = vectors[at];
              const isInside = sentence.turn >= from && sentence.turn < to;
              return isInside && vector !== undefined ? [{ vector, weight: sentence.length }] : [];
            }),
            embeddings.dimensions,
          ),
        );
        await passages.put(transcript.meetingId, embeddings.name, means);
      }),
  };
}

/** The direction in which they point together, longer sentences more so. */
function meanOf(
  parts: readonly { readonly vector: Float32Array; readonly weight: number }[],
  dimensions: number,
): Float32Array {
  const mean = new Float32Array(dimensions);
  for (const { vector, weight } of parts) {
    for (let at = 0; at < dimensions; at++) mean[at] = (mean[at] ?? 0) + weight * (vector[at] ?? 0);
  }
  return mean;
}
