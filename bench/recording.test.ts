import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFfmpeg } from '../src/providers/media/ffmpeg.ts';
import { wholePcm, writeRepeated, writeSegments } from './recording.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a repeated recording has the length asked for, and its pauses', async () => {
  const path = join(folder, 'long.wav');
  // 100 ms of sound and 150 ms of pause, four times in a second.
  writeRepeated(path, new Float32Array(1600).fill(0.5), 150, 1000);
  const pcm = await wholePcm(createFfmpeg(), path);
  expect(pcm).toHaveLength(16_000);
  expect(Array.from([0, 1599, 1600, 3999, 4000, 15_999], (sample) => Math.round((pcm[sample] ?? -1) * 10))).toEqual([
    5, 5, 0, 0, 5, 0,
  ]);
});

test('a recording that is cut inside a repetition ends there', () => {
  const path = join(folder, 'short.wav');
  writeRepeated(path, new Float32Array(16_000), 0, 1500);
  expect(statSync(path).size).toBe(44 + 1500 * 16 * 2);
});

test('segments are written one after another', () => {
  const path = join(folder, 'segments.f32');
  expect(writeSegments(path, [Float32Array.of(0.25, 0.5), Float32Array.of(1)])).toEqual([2, 1]);
  expect(new Float32Array(Uint8Array.from(readFileSync(path)).buffer)).toEqual(Float32Array.of(0.25, 0.5, 1));
});
