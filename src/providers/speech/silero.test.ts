import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readAll } from '../../../test/contract/audio-decoder.ts';
import { noise, probabilities, speechDetectorContract } from '../../../test/contract/speech-detector.ts';
import { createFfmpeg } from '../media/ffmpeg.ts';
import { createSilero } from './silero.ts';

const clip = () =>
  readAll(
    createFfmpeg().decode(
      fileURLToPath(new URL('../../../demo/clip.ogg', import.meta.url)),
      new AbortController().signal,
    ),
  );

describe('as a speech detector', () => {
  speechDetectorContract(createSilero, clip);
});

describe('Silero', () => {
  it('still finds speech after minutes in which nobody spoke', async () => {
    const detector = await createSilero();
    const speech = await clip();
    const room = noise(120 * 16_000, 0.003);
    const pcm = new Float32Array(room.length + speech.length);
    pcm.set(room);
    pcm.set(speech, room.length);
    const found = await probabilities(detector, pcm);
    const later = found.slice(Math.floor(room.length / detector.frameSamples));
    expect(later.filter((probability) => probability >= 0.5).length / later.length).toBeGreaterThan(0.6);
    await detector.close();
  });

  it('is unavailable, with what to do, when its model is missing or is not a model', async () => {
    const missing = createSilero({ modelPath: fileURLToPath(new URL('no-such.onnx', import.meta.url)) });
    await expect(missing).rejects.toMatchObject({ source: 'silero', kind: 'unavailable' });
    const other = createSilero({ modelPath: fileURLToPath(import.meta.url) });
    await expect(other).rejects.toMatchObject({ message: expect.stringMatching(/npm ci/) });
  });
});
