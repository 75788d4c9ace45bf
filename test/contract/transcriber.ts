/** What every adapter of `Transcriber` does, whatever is behind it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../src/core/faults.ts';
import type { TranscribeOptions, Transcriber } from '../../src/core/ports.ts';

const SAMPLES_PER_MS = 16;

function options(more: Partial<TranscribeOptions> = {}): TranscribeOptions {
  return { glossary: [], signal: new AbortController().signal, ...more };
}

/** `make` is called once for the whole suite, and once more for the test that closes what it got. */
export function transcriberContract(name: string, make: () => Promise<Transcriber>): void {
  describe(`${name} as a Transcriber`, () => {
    let transcriber: Transcriber;
    beforeAll(async () => {
      transcriber = await make();
    });
    afterAll(async () => {
      await transcriber.close();
    });

    it('names provider and model, and takes segments of some seconds', () => {
      expect(transcriber.name).toMatch(/^[^/]+\/.+$/u);
      expect(transcriber.maxSegmentMs).toBeGreaterThanOrEqual(5000);
      expect(transcriber.concurrency).toBeGreaterThanOrEqual(1);
    });

    it('hears nothing in no samples', async () => {
      const hearing = await transcriber.transcribe(new Float32Array(0), options({ language: 'en' }));
      expect(hearing).toMatchObject({ text: '', language: 'en', suppressed: 'empty' });
    });

    it('writes no words for silence, and says why', async () => {
      const hearing = await transcriber.transcribe(new Float32Array(3000 * SAMPLES_PER_MS), options());
      expect(hearing.text).toBe('');
      expect(hearing.words).toBeUndefined();
      expect(hearing.suppressed).toBeDefined();
      expect(hearing.confidence).toBeGreaterThanOrEqual(0);
      expect(hearing.confidence).toBeLessThanOrEqual(1);
    });

    it('leaves the samples it was given alone', async () => {
      const pcm = Float32Array.from({ length: 1000 * SAMPLES_PER_MS }, (_, i) => 0.01 * Math.sin(i));
      const copy = pcm.slice();
      await transcriber.transcribe(pcm, options({ language: 'en' }));
      expect(pcm).toEqual(copy);
    });

    it('takes a segment of its longest length', async () => {
      const pcm = new Float32Array(transcriber.maxSegmentMs * SAMPLES_PER_MS);
      await expect(transcriber.transcribe(pcm, options())).resolves.toMatchObject({ text: '' });
    });

    it('refuses a quarter of an hour at once in a sentence', async () => {
      const refused: unknown = await transcriber
        .transcribe(new Float32Array(15 * 60_000 * SAMPLES_PER_MS), options())
        .catch((cause: unknown) => cause);
      expect(refused).toBeInstanceOf(Fault);
      expect(refused).toMatchObject({ kind: 'bad-input', message: expect.stringMatching(/\w+ \w+.*\.$/u) });
    });

    it('keeps to its line when more segments come than it works on at once', async () => {
      const many = Array.from({ length: transcriber.concurrency + 2 }, () =>
        transcriber.transcribe(new Float32Array(500 * SAMPLES_PER_MS), options()),
      );
      const hearings = await Promise.all(many);
      expect(hearings.map((hearing) => hearing.text)).toEqual(many.map(() => ''));
    });

    it('rejects with the reason when aborted before, in line, and under way', async () => {
      const stop = new AbortController();
      const many = Array.from({ length: transcriber.concurrency + 1 }, () =>
        transcriber.transcribe(new Float32Array(2000 * SAMPLES_PER_MS), options({ signal: stop.signal })),
      );
      stop.abort(new Error('not wanted any more'));
      for (const outcome of await Promise.allSettled(many)) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'not wanted any more' } });
      }
      await expect(transcriber.transcribe(new Float32Array(100), options({ signal: stop.signal }))).rejects.toThrow(
        'not wanted any more',
      );
      await expect(transcriber.transcribe(new Float32Array(16), options())).resolves.toMatchObject({ text: '' });
    });

    it('rejects what is under way when closed', async () => {
      const closing = await make();
      const pending = closing
        .transcribe(new Float32Array(2000 * SAMPLES_PER_MS), options())
        .catch((cause: unknown) => cause);
      await closing.close();
      expect(await pending).toMatchObject({ name: 'Fault', kind: 'unavailable' });
      await closing.close();
    });
  });
}
