/** Transcripts and minutes in other words, made once by a language model and kept. */
import { Fault } from './faults.ts';
import type { Minutes, Rendition, Transcript } from './model.ts';
import type { Meetings, Progressing, Renditions, Rewriter } from './ports.ts';

export interface Translated {
  readonly rendition: Rendition;
  /** Null until there are minutes. */
  readonly minutes: Minutes | null;
}

export interface Rewording {
  /** What is kept costs nothing. Throws Fault `bad-input` when no language model is set, and those of the model. */
  translate(
    meeting: { readonly transcript: Transcript; readonly minutes: Minutes | null },
    language: string,
    progress: Progressing,
    signal: AbortSignal,
  ): Promise<Translated>;
  polish(transcript: Transcript, progress: Progressing, signal: AbortSignal): Promise<Rendition>;
}

export function createRewording(ports: {
  readonly meetings: Pick<Meetings, 'measured'>;
  readonly renditions: Renditions;
  /** Null: no language model is set. */
  readonly rewriter: Rewriter | null;
}): Rewording {
  function model(): Rewriter {
    if (ports.rewriter !== null) return ports.rewriter;
    throw new Fault(
      'inbox',
      'bad-input',
      'This needs a language model. Set EARSHOT_MODEL, and OPENAI_API_KEY or OPENAI_BASE_URL; docs/models.md shows how.',
    );
  }

  async function count({ meetingId, by }: Pick<Minutes | Rendition, 'meetingId' | 'by'>): Promise<void> {
    if (by.usage !== undefined) await ports.meetings.measured(meetingId, { usage: by.usage });
  }

  /** What is kept, if it has a line for every utterance; else a new one. */
  async function rendered(
    { meetingId, utterances }: Transcript,
    kind: Rendition['kind'],
    language: string,
    make: (rewriter: Rewriter) => Promise<Rendition>,
  ): Promise<Rendition> {
    const known = await ports.renditions.find(meetingId, kind, language);
    const told = new Set(known?.lines.flatMap(({ utteranceIds }) => utteranceIds));
    if (known !== null && utterances.every(({ id }) => told.has(id))) return known;
    const made = await make(model());
    await ports.renditions.keep(made);
    await count(made);
    return made;
  }

  return {
    async translate({ transcript, minutes }, language, progress, signal) {
      const rendition = await rendered(transcript, 'translation', language, (rewriter) =>
        rewriter.translate(transcript, language, progress, signal),
      );
      if (minutes === null || minutes.language === language) return { rendition, minutes };
      const known = await ports.renditions.minutes(minutes.meetingId, language);
      // Minutes written anew since then make their translation an old one.
      if (known !== null && known.by.of === minutes.by.at) return { rendition, minutes: known };
      const translated = await model().translateMinutes(minutes, transcript, language, signal);
      const made: Minutes = { ...translated, by: { ...translated.by, of: minutes.by.at } };
      await ports.renditions.keepMinutes(made);
      await count(made);
      return { rendition, minutes: made };
    },

    polish: (transcript, progress, signal) =>
      rendered(transcript, 'polish', transcript.language, (rewriter) => rewriter.polish(transcript, progress, signal)),
  };
}
