/**
 * Log-mel spectrogram as Whisper was trained on: 25 ms Hann windows every 10 ms, Slaney mel filters, log10, the quietest
 * 8 decades below the loudest point cut off. Radford et al. 2022, https://arxiv.org/abs/2212.04356 §2.2.
 */

const WINDOW = 400;
/** Samples from one frame to the next: 10 ms at 16 kHz. */
export const HOP_SAMPLES = 160;
const BINS = WINDOW / 2 + 1;
const HERTZ_PER_BIN = 16_000 / WINDOW;

/**
 * Writes the spectrogram of 16 kHz mono `pcm` as [mels, frames], row by row. Time past the end of `pcm` is silence;
 * sound past the last frame is left out.
 */
export type LogMel = (pcm: Float32Array, frames: number) => Float32Array<ArrayBuffer>;

/** `mels`: 80, or 128 for large-v3 and its descendants (`feature_size` in preprocessor_config.json). */
export function createLogMel(mels: number): LogMel {
  const filters = melFilters(mels);
  const transform = createTransform(WINDOW);
  const window = Float64Array.from({ length: WINDOW }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / WINDOW));
  const first = new Float64Array(WINDOW);
  const second = new Float64Array(WINDOW);
  const power = new Float64Array(BINS);

  const cut = (pcm: Float32Array, frame: number, into: Float64Array): void => {
    const start = frame * HOP_SAMPLES - WINDOW / 2;
    for (let i = 0; i < WINDOW; i++) {
      // The beginning is mirrored around sample 0, as in training.
      const at = Math.abs(start + i);
      into[i] = (pcm[at] ?? 0) * (window[i] ?? 0);
    }
  };

  return (pcm, frames) => {
    const floor = -10;
    const mel = new Float32Array(mels * frames).fill(floor);
    const sounding = Math.min(frames, Math.ceil((pcm.length + WINDOW / 2) / HOP_SAMPLES));
    let loudest = floor;
    const put = (frame: number): void => {
      for (let row = 0; row < mels; row++) {
        const filter = filters[row];
        if (filter === undefined) continue;
        let sum = 0;
        for (let i = 0; i < filter.weights.length; i++) {
          sum += (filter.weights[i] ?? 0) * (power[filter.from + i] ?? 0);
        }
        const value = Math.log10(Math.max(sum, 1e-10));
        mel[row * frames + frame] = value;
        if (value > loudest) loudest = value;
      }
    };
    // Two real frames are one complex one: the transform is linear, and a real signal's spectrum mirrors itself.
    for (let frame = 0; frame < sounding; frame += 2) {
      cut(pcm, frame, first);
      cut(pcm, frame + 1, second);
      const { re, im } = transform(first, second);
      for (const odd of [false, true]) {
        if (odd && frame + 1 >= frames) break;
        for (let bin = 0; bin < BINS; bin++) {
          const mirror = (WINDOW - bin) % WINDOW;
          const a = (re[bin] ?? 0) + (odd ? -1 : 1) * (re[mirror] ?? 0);
          const b = (im[bin] ?? 0) - (odd ? -1 : 1) * (im[mirror] ?? 0);
          power[bin] = (a * a + b * b) / 4;
        }
        put(odd ? frame + 1 : frame);
      }
    }
    const quietest = loudest - 8;
    for (let i = 0; i < mel.length; i++) mel[i] = (Math.max(mel[i] ?? floor, quietest) + 4) / 4;
    return mel;
  };
}

interface Filter {
  /** First bin with weight. */
  readonly from: number;
  readonly weights: Float64Array;
}

/** Triangles of equal area on the Slaney scale (linear to 1 kHz, logarithmic above), as librosa.filters.mel makes them. */
function melFilters(mels: number): readonly Filter[] {
  const perMel = 200 / 3;
  const breakMel = 1000 / perMel;
  const logStep = Math.log(6.4) / 27;
  const toHertz = (mel: number): number =>
    mel < breakMel ? mel * perMel : 1000 * Math.exp((mel - breakMel) * logStep);
  const top = breakMel + Math.log(8000 / 1000) / logStep;
  const edge = (index: number): number => toHertz((top * index) / (mels + 1));
  return Array.from({ length: mels }, (_, row) => {
    const [low, centre, high] = [edge(row), edge(row + 1), edge(row + 2)];
    const from = Math.ceil(low / HERTZ_PER_BIN);
    const to = Math.min(BINS - 1, Math.floor(high / HERTZ_PER_BIN));
    const weights = Float64Array.from({ length: Math.max(0, to - from + 1) }, (_unused, i) => {
      const hertz = (from + i) * HERTZ_PER_BIN;
      const slope = Math.min((hertz - low) / (centre - low), (high - hertz) / (high - centre));
      return (Math.max(0, slope) * 2) / (high - low);
    });
    return { from, weights };
  });
}

type Transform = (re: Float64Array, im: Float64Array) => { readonly re: Float64Array; readonly im: Float64Array };

/**
 * Complex Fourier transform of a length made of small primes, each stage a table-driven butterfly between two buffers
 * (Stockham's self-sorting form). The result is valid until the next call.
 */
function createTransform(size: number): Transform {
  const factors: number[] = [];
  for (let rest = size; rest > 1;) {
    const factor = [4, 5, 3, 2].find((candidate) => rest % candidate === 0) ?? rest;
    factors.push(factor);
    rest /= factor;
  }
  const cos = Float64Array.from({ length: size }, (_, i) => Math.cos((2 * Math.PI * i) / size));
  const sin = Float64Array.from({ length: size }, (_, i) => -Math.sin((2 * Math.PI * i) / size));
  const buffers = [0, 1].map(() => ({ re: new Float64Array(size), im: new Float64Array(size) }));

  return (re, im) => {
    let from = { re, im };
    // Before each stage, `done` neighbouring outputs of finished shorter transforms lie `size / done` apart.
    let done = 1;
    for (const [stage, factor] of factors.entries()) {
      const to = buffers[stage % 2] ?? from;
      const groups = size / (done * factor);
      for (let group = 0; group < groups; group++) {
        for (let k = 0; k < done; k++) {
          for (let q = 0; q < factor; q++) {
            let sumRe = 0;
            let sumIm = 0;
            const turn = groups * (k + done * q);
            for (let p = 0; p < factor; p++) {
              const at = (p * groups + group) * done + k;
              const angle = (turn * p) % size;
              const c = cos[angle] ?? 0;
              const s = sin[angle] ?? 0;
              const x = from.re[at] ?? 0;
              const y = from.im[at] ?? 0;
              sumRe += x * c - y * s;
              sumIm += x * s + y * c;
            }
            const out = group * done * factor + q * done + k;
            to.re[out] = sumRe;
            to.im[out] = sumIm;
          }
        }
      }
      from = to;
      done *= factor;
    }
    return from;
  };
}
