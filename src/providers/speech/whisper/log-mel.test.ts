import { describe, expect, it } from 'vitest';
import { createLogMel } from './log-mel.ts';

const mel = (hertz: number): number =>
  hertz < 1000 ? (hertz * 3) / 200 : 15 + (27 * Math.log(hertz / 1000)) / Math.log(6.4);
const hertzOf = (value: number): number => (value < 15 ? (value * 200) / 3 : 1000 * 6.4 ** ((value - 15) / 27));

/** The definition, term by term: no fast transform, filters from their formula over all bins. */
function slowLogMel(pcm: Float32Array, mels: number, frames: number): number[][] {
  const edges = Array.from({ length: mels + 2 }, (_, i) => hertzOf((mel(8000) * i) / (mels + 1)));
  const rows = Array.from({ length: mels }, () => Array.from({ length: frames }, () => -10));
  for (let frame = 0; frame < frames; frame++) {
    const power: number[] = [];
    for (let bin = 0; bin <= 200; bin++) {
      let re = 0;
      let im = 0;
      for (let i = 0; i < 400; i++) {
        const at = Math.abs(frame * 160 - 200 + i);
        const x = (pcm[at] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / 400));
        re += x * Math.cos((2 * Math.PI * bin * i) / 400);
        im -= x * Math.sin((2 * Math.PI * bin * i) / 400);
      }
      power.push(re * re + im * im);
    }
    for (const [row, values] of rows.entries()) {
      const [low = 0, centre = 0, high = 0] = edges.slice(row, row + 3);
      let sum = 0;
      for (const [bin, value] of power.entries()) {
        const slope = Math.min((bin * 40 - low) / (centre - low), (high - bin * 40) / (high - centre));
        sum += (Math.max(0, slope) * 2 * value) / (high - low);
      }
      values[frame] = Math.log10(Math.max(sum, 1e-10));
    }
  }
  const loudest = Math.max(...rows.flat());
  return rows.map((row) => row.map((value) => (Math.max(value, loudest - 8) + 4) / 4));
}

/** A chirp under a slow swell: every frame and every filter sees something else. */
function chirp(samples: number): Float32Array {
  return Float32Array.from({ length: samples }, (_, i) => 0.3 * Math.sin(i * i * 2e-4) * Math.sin(i / 900));
}

describe('the log-mel spectrogram', () => {
  it.each([80, 128])('equals its definition, computed the slow way, for %i mel bands', (mels) => {
    const pcm = chirp(4321);
    const frames = 31;
    const expected = slowLogMel(pcm, mels, frames).flat();
    const actual = createLogMel(mels)(pcm, frames);
    expect(actual).toHaveLength(expected.length);
    const worst = Math.max(...expected.map((value, i) => Math.abs(value - (actual[i] ?? Number.NaN))));
    expect(worst).toBeLessThan(1e-5);
  });

  it('is one flat value for silence', () => {
    const silence = createLogMel(80)(new Float32Array(3200), 20);
    expect(new Set(silence)).toEqual(new Set([-1.5]));
  });

  it('gives the same again after other sound went through', () => {
    const logMel = createLogMel(80);
    const before = logMel(chirp(5000), 40);
    logMel(
      Float32Array.from({ length: 9000 }, (_, i) => Math.sin(i / 3)),
      57,
    );
    expect(logMel(chirp(5000), 40)).toEqual(before);
  });
});
