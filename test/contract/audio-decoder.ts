import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Fault } from '../../src/core/faults.ts';
import type { AudioDecoder } from '../../src/core/ports.ts';

/** Silence with one click of a tenth of a millisecond or more, as 16-bit mono WAV. */
export function wavWithClick(rate: number, lengthMs: number, clickAtMs: number): Buffer {
  const samples = Math.round((rate * lengthMs) / 1000);
  const pcm = Buffer.alloc(samples * 2);
  const clickAt = Math.round((rate * clickAtMs) / 1000);
  for (let i = clickAt; i < clickAt + 8 && i < samples; i++) pcm.writeInt16LE(16_000, i * 2);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + pcm.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(pcm.length, 40);
  return Buffer.concat([header, pcm]);
}

export async function readAll(chunks: AsyncIterable<Float32Array>): Promise<Float32Array> {
  const all: Float32Array[] = [];
  for await (const chunk of chunks) all.push(chunk.slice());
  const joined = new Float32Array(all.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of all) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}

/** What every opener of recordings promises. */
export function audioDecoderContract(open: () => AudioDecoder): void {
  let folder: string;
  const never = new AbortController().signal;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earshot-decoder-'));
    await writeFile(join(folder, 'click.wav'), wavWithClick(44_100, 3_000, 1_500));
    await writeFile(join(folder, 'empty.wav'), '');
    await writeFile(join(folder, 'no-samples.wav'), wavWithClick(16_000, 0, 0));
    await writeFile(join(folder, 'notes.txt'), 'Not a recording, only words.\n'.repeat(50));
    await mkdir(join(folder, 'folder.wav'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('tells the length and that there is no picture', async () => {
    expect(await open().probe(join(folder, 'click.wav'), never)).toEqual({ durationMs: 3_000, hasVideo: false });
  });

  it('gives 16 kHz mono in which every moment is where it was', async () => {
    const pcm = await readAll(open().decode(join(folder, 'click.wav'), never));
    expect(pcm.length).toBe(48_000);
    const loudest = pcm.reduce((best, sample, at) => (Math.abs(sample) > Math.abs(pcm[best] ?? 0) ? at : best), 0);
    expect(Math.abs(loudest - 24_000)).toBeLessThanOrEqual(16);
    expect(pcm.every((sample) => sample >= -1 && sample <= 1)).toBe(true);
  });

  it('gives the same samples each time, also two at once', async () => {
    const decoder = open();
    const path = join(folder, 'click.wav');
    const [first, second] = await Promise.all([
      readAll(decoder.decode(path, never)),
      readAll(decoder.decode(path, never)),
    ]);
    expect(first).toEqual(second);
  });

  it.each(['missing.wav', 'empty.wav', 'no-samples.wav', 'notes.txt', 'folder.wav', 'nul\0.wav'])(
    'calls %j bad input, whether probed or decoded, in one plain sentence',
    async (name) => {
      const decoder = open();
      const path = join(folder, name);
      for (const attempt of [() => decoder.probe(path, never), () => readAll(decoder.decode(path, never))]) {
        const fault: unknown = await attempt().catch((error: unknown) => error);
        expect(fault).toMatchObject({ kind: 'bad-input', retryable: false });
        expect(fault).toBeInstanceOf(Fault);
        expect(fault instanceof Fault ? fault.message : '').toMatch(/^[A-Z][^\n/[\]@]{20,150}\.$/);
      }
    },
  );

  it('stops with the reason of the signal, before and during', async () => {
    const decoder = open();
    const path = join(folder, 'click.wav');
    const reason = new Error('enough');
    await expect(decoder.probe(path, AbortSignal.abort(reason))).rejects.toBe(reason);
    await expect(readAll(decoder.decode(path, AbortSignal.abort(reason)))).rejects.toBe(reason);
    const controller = new AbortController();
    const pieces = decoder.decode(path, controller.signal)[Symbol.asyncIterator]();
    expect((await pieces.next()).done).toBe(false);
    controller.abort(reason);
    await expect(
      (async () => {
        for (let piece = await pieces.next(); piece.done !== true; piece = await pieces.next());
      })(),
    ).rejects.toBe(reason);
  });

  it('may be left after the first samples and used again', async () => {
    const decoder = open();
    const path = join(folder, 'click.wav');
    for await (const chunk of decoder.decode(path, never)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect((await readAll(decoder.decode(path, never))).length).toBe(48_000);
  });
}
