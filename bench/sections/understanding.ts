import { asCount, asDecimal, type Table } from '../../eval/tables/table.ts';
import { systemClock } from '../../src/clock.ts';
import type { MeetingId, Transcript, UtteranceId } from '../../src/core/model.ts';
import type { Brief, Embeddings } from '../../src/core/ports.ts';
import { createExtractive } from '../../src/core/understand/extractive/extractive.ts';
import { STANDARD_TEMPLATES } from '../../src/core/understand/standard-template.ts';
import { createLog } from '../../src/log.ts';
import { createMiniLm } from '../../src/providers/language/minilm/minilm.ts';
import { median } from '../medians.ts';
import { madeUpLines } from '../transcript.ts';

/** Three hours of talk. */
const FULL_UTTERANCES = 3000;
const QUICK_UTTERANCES = 300;
const EVERY_MS = 3_600;
const ROUNDS = 3;
const SEED = 5;

const madeUpTranscript = (count: number): Transcript => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a made-up meeting
  const meetingId = 'bench' as MeetingId;
  return {
    meetingId,
    language: 'en',
    utterances: madeUpLines(count, SEED).map((line, index) => ({
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a made-up meeting
      id: `${meetingId}-0-${index * EVERY_MS}` as UtteranceId,
      trackId: null,
      speaker: {
        kind: 'person',
        person: { platform: 'bench', id: `${index % 4}`, displayName: `Speaker ${index % 4}` },
      },
      startMs: index * EVERY_MS,
      endMs: (index + 1) * EVERY_MS,
      text: `${line}.`,
      language: 'en',
    })),
  };
};

/** Minutes of a long transcript without a language model: words alone, with meanings known, and from cold. */
export const understandingTable = async (quick: boolean): Promise<Table> => {
  const transcript = madeUpTranscript(quick ? QUICK_UTTERANCES : FULL_UTTERANCES);
  const brief: Brief = {
    title: null,
    durationMs: transcript.utterances.length * EVERY_MS,
    now: '2026-01-05T09:00:00.000Z',
    heldAt: '2026-01-05T09:00:00.000Z',
    timeZone: 'UTC',
    language: null,
    template: null,
    templates: STANDARD_TEMPLATES,
  };
  const embedder = createMiniLm();
  const { signal } = new AbortController();
  await embedder.embed(['warm'], signal);
  const known = new Map<string, Float32Array>();
  const remembering: Embeddings = {
    ...embedder,
    async of(_, texts) {
      const unknown = [...new Set(texts.filter((text) => !known.has(text)))];
      const made = await embedder.embed(unknown, signal);
      for (const [at, text] of unknown.entries()) known.set(text, made[at] ?? new Float32Array());
      return texts.map((text) => known.get(text) ?? new Float32Array());
    },
  };
  const seconds = async (embeddings: Embeddings | null, before: () => void): Promise<number> => {
    const taken: number[] = [];
    const analyst = createExtractive({ clock: systemClock, embeddings, dates: null, log: createLog('error') });
    for (let round = 0; round < (quick ? 1 : ROUNDS); round += 1) {
      before();
      const startedAt = performance.now();
      await analyst.minutes(transcript, brief, signal);
      taken.push((performance.now() - startedAt) / 1000);
    }
    return median(taken);
  };
  try {
    const words = await seconds(null, () => undefined);
    const cold = await seconds(remembering, () => known.clear());
    const warm = await seconds(remembering, () => undefined);
    return {
      title: `Minutes of ${transcript.utterances.length} utterances by the extractive analyst`,
      columns: [{ name: 'what' }, { name: 'seconds', format: asDecimal(2) }, { name: 'ratio', format: asDecimal(2) }],
      rows: [
        ['words alone', words, words / warm],
        ['with meanings, embedded as they were said', warm, 1],
        ['with meanings, from cold', cold, cold / warm],
      ],
      notes: [
        `Medians of ${asCount(quick ? 1 : ROUNDS)}, one inference thread. Ratio: over the minutes of a call whose words were embedded while it ran.`,
      ],
    };
  } finally {
    await embedder.close();
  }
};
