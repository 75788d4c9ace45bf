import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { EVALUATED_MEETING, evaluatedTrack } from '../../eval/product/ids.ts';
import { systemClock } from '../../src/clock.ts';
import { listen } from '../../src/core/listen.ts';
import { createFfmpeg } from '../../src/providers/media/ffmpeg.ts';
import { createSilero } from '../../src/providers/speech/silero.ts';
import { createWhisper } from '../../src/providers/speech/whisper/whisper.ts';
import { answerMessages } from '../answer-messages.ts';

/** Hears one recording from its start to its end, with models loaded when asked to. */
const task = z.object({ path: z.string(), model: z.string(), threads: z.number().int().positive() });
const { path, model, threads } = task.parse(JSON.parse(process.argv[2] ?? ''));

await answerMessages(async () => {
  const startedAt = performance.now();
  const detector = await createSilero();
  const transcriber = await createWhisper({ model, threads });
  const loadedAt = performance.now();
  let firstAt: number | null = null;
  let utterances = 0;
  const result = await listen(
    { decoder: createFfmpeg(), detector, transcriber, clock: systemClock },
    {
      meetingId: EVALUATED_MEETING,
      language: null,
      tracks: [
        {
          track: {
            id: evaluatedTrack(0),
            meetingId: EVALUATED_MEETING,
            index: 0,
            speaker: null,
            media: { key: path, mediaType: 'audio/wav', bytes: 0, sha256: '' },
            startMs: 0,
            durationMs: null,
            heardMs: 0,
          },
          path,
          lastLanguage: null,
        },
      ],
    },
    {
      heard: async (_track, batch) => {
        utterances += batch.utterances.length;
        if (batch.utterances.length > 0) firstAt ??= performance.now();
      },
    },
    new AbortController().signal,
  );
  return {
    audioMs: result.audioMs,
    speechMs: result.speechMs,
    utterances,
    loadMs: loadedAt - startedAt,
    firstMs: firstAt === null ? null : firstAt - loadedAt,
    listenMs: performance.now() - loadedAt,
    // The system counts in kibibytes.
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  };
});
