import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/clock.ts';
import { listen } from '../../src/core/listen.ts';
import type { MeetingId, TrackId, Utterance } from '../../src/core/model.ts';
import type { AudioDecoder, SpeechDetector, Transcriber } from '../../src/core/ports.ts';
import { createFfmpeg } from '../../src/providers/media/ffmpeg.ts';
import { createSilero } from '../../src/providers/speech/silero.ts';

const Script = z.object({
  tracks: z.array(z.object({ speaker: z.string(), file: z.string() })),
  utterances: z.array(z.object({ speaker: z.string(), startMs: z.number(), endMs: z.number() })),
});
const demo = (file: string) => fileURLToPath(new URL(`../../demo/${file}`, import.meta.url));

const transcriber: Transcriber = {
  name: 'scripted',
  maxSegmentMs: 11_500,
  concurrency: 2,
  transcribe: () => Promise.resolve({ text: 'words', language: 'en', confidence: 0.9 }),
  close: () => Promise.resolve(),
};

/** The recording as a microphone far away would give it: weak, over a room's noise 25 dB below. */
const fromAfar = (decoder: AudioDecoder, peak: number): AudioDecoder => ({
  ...decoder,
  async *decode(path, signal) {
    let seed = 1;
    for await (const chunk of decoder.decode(path, signal))
      yield chunk.map((sample) => {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
        return (sample + (seed / 2 ** 31 - 1) * 0.012) * peak;
      });
  },
});

const overlapMs = (spans: readonly { startMs: number; endMs: number }[], other: typeof spans) =>
  spans
    .flatMap((a) => other.map((b) => Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs)))
    .reduce((sum, ms) => sum + Math.max(0, ms), 0);
const lengthMs = (spans: readonly { startMs: number; endMs: number }[]) =>
  spans.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);

describe('listening to the demo', () => {
  let script: z.infer<typeof Script>;
  let detector: SpeechDetector & { close(): Promise<void> };
  beforeAll(async () => {
    script = Script.parse(JSON.parse(await readFile(demo('script.json'), 'utf8')));
    detector = await createSilero();
  });
  afterAll(() => detector.close());

  const hear = async (speaker: string, decoder: AudioDecoder): Promise<readonly Utterance[]> => {
    const found: Utterance[] = [];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ids are only names here
    const [meetingId, trackId] = ['m' as MeetingId, 't' as TrackId];
    const media = { key: 'k', mediaType: 'audio/ogg', bytes: 1, sha256: '' };
    const track = { id: trackId, meetingId, index: 0, speaker: null, media, startMs: 0, durationMs: null, heardMs: 0 };
    const path = demo(script.tracks.find((one) => one.speaker === speaker)?.file ?? '');
    await listen(
      { decoder, detector, transcriber, clock: systemClock },
      { meetingId, language: 'en', tracks: [{ track, path, lastLanguage: null }] },
      {
        heard: (_, batch) => {
          found.push(...batch.utterances);
          return Promise.resolve();
        },
      },
      new AbortController().signal,
    );
    return found;
  };
  it.each([
    ['Tom', 'as recorded', 1],
    ['Leo', 'as recorded', 1],
    ['Leo', 'from afar', 0.01],
  ])('finds what %s says, %s, and little else', async (speaker, _, peak) => {
    const said = script.utterances.filter((utterance) => utterance.speaker === speaker);
    const plain = createFfmpeg();
    const heard = await hear(speaker, peak === 1 ? plain : fromAfar(plain, peak));
    expect(overlapMs(said, heard) / lengthMs(said)).toBeGreaterThan(0.95);
    // Half a second of air on each side of every stretch.
    expect(lengthMs(heard)).toBeLessThan(lengthMs(said) + 1_200 * said.length);
  });
});
