/** Sound is handled in frames of the detector's size at 16 kHz from here on. */
const SAMPLE_RATE = 16_000;

/** Below the lowest voices (about 85 Hz); takes away DC, rumble and mains hum, which carry most of a room's noise. */
const HIGH_PASS_HZ = 80;

/**
 * Second-order Butterworth high-pass (bilinear transform, RBJ Audio EQ Cookbook). Returns a new array; the filter's
 * memory goes on from call to call, so chunking changes nothing.
 */
export function createHighPass(): (samples: Float32Array) => Float32Array<ArrayBuffer> {
  const w = (2 * Math.PI * HIGH_PASS_HZ) / SAMPLE_RATE;
  const alpha = Math.sin(w) / Math.SQRT2;
  const a0 = 1 + alpha;
  const b0 = (1 + Math.cos(w)) / 2 / a0;
  const b1 = -2 * b0;
  const a1 = (-2 * Math.cos(w)) / a0;
  const a2 = (1 - alpha) / a0;
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  return (samples) => {
    const out = new Float32Array(samples.length);
    for (let i = 0; i < samples.length; i++) {
      const x = samples[i] ?? 0;
      const y = b0 * (x + x2) + b1 * x1 - a1 * y1 - a2 * y2;
      x2 = x1;
      x1 = x;
      y2 = y1;
      // Below any converter's resolution; keeps silence out of slow denormal arithmetic.
      y1 = Math.abs(y) < 1e-15 ? 0 : y;
      out[i] = y1;
    }
    return out;
  };
}

/** Digital silence, in dB relative to full scale. */
export const SILENCE_DB = -100;

/** Root mean square in dB relative to full scale, at least `SILENCE_DB`. */
export function levelDb(samples: Float32Array): number {
  let power = 0;
  for (const sample of samples) power += sample * sample;
  return Math.max(SILENCE_DB, 10 * Math.log10(power / Math.max(1, samples.length) + 1e-20));
}

/** Speech at an ordinary recording level: about what detectors and recognisers were trained on. */
const TARGET_DB = -26;
/** A voice at a peak of .003 is brought to the target; below that there is only the converter's noise. */
const MOST_GAIN_DB = 40;
const LEAST_GAIN_DB = -20;
/** A steady background is not raised above this, however quiet everything is. */
const NOISE_CEILING_DB = -46;
/** Frames of memory: 30 s, in which somebody who is there has usually spoken. */
const MEMORY_FRAMES = 938;
/** The loudest twentieth of the memory is taken for speech, the quietest tenth for the room. */
const SPEECH_SHARE = 0.95;
const NOISE_SHARE = 0.1;
/** 16 dB per second: follows a change of speaker within a word, too slow to bend a syllable. */
const SLEW_DB = 0.5;

/**
 * Slow automatic gain: brings frames of 32 ms to a level at which speech is recognised as such, whatever the distance to
 * the microphone. The gain follows the loud part of the last half minute, does not lift a steady background above
 * `NOISE_CEILING_DB`, ramps inside a frame so that there are no steps, and limits what would overflow.
 * Returns a reused array, valid until the next call.
 */
export function createGain(): (frame: Float32Array, frameDb: number) => Float32Array {
  const memory = createLevelMemory(MEMORY_FRAMES);
  let gainDb: number | null = null;
  let applied = 1;
  let out = new Float32Array(0);
  return (frame, frameDb) => {
    memory.add(frameDb);
    // Speech without a pause looks like a steady background: the ceiling only keeps from lifting, never presses down.
    const liftable = Math.max(0, NOISE_CEILING_DB - memory.share(NOISE_SHARE));
    const wanted = Math.min(TARGET_DB - memory.share(SPEECH_SHARE), liftable, MOST_GAIN_DB);
    const bounded = Math.max(LEAST_GAIN_DB, wanted);
    gainDb = gainDb === null ? bounded : gainDb + Math.max(-SLEW_DB, Math.min(SLEW_DB, bounded - gainDb));
    // A shout after a whisper is limited at once; the slow gain follows.
    const limited = Math.min(gainDb, TARGET_DB + LIMITER_HEADROOM_DB - frameDb);
    const next = 10 ** (limited / 20);
    // A step is less of a distortion than half a frame at full scale.
    if (limited < gainDb) applied = Math.min(applied, next);
    if (out.length !== frame.length) out = new Float32Array(frame.length);
    const step = (next - applied) / frame.length;
    for (let i = 0; i < frame.length; i++) {
      applied += step;
      out[i] = Math.max(-1, Math.min(1, (frame[i] ?? 0) * applied));
    }
    applied = next;
    return out;
  };
}
/** A frame's peaks lie some 12 dB above its mean: with the target at -26 they just fit. */
const LIMITER_HEADROOM_DB = 14;

/** Levels of the last `frames` frames in 1 dB steps; asking for a quantile costs a hundred additions. */
export function createLevelMemory(frames: number): {
  add(db: number): void;
  /** The level that this share of the remembered frames does not exceed. */
  share(share: number): number;
} {
  const counts = new Uint32Array(-SILENCE_DB + 1);
  const recent = new Uint8Array(frames);
  let total = 0;
  let at = 0;
  return {
    add(db) {
      if (total === frames) {
        const oldest = recent[at] ?? 0;
        counts[oldest] = (counts[oldest] ?? 0) - 1;
      } else total++;
      const step = Math.round(Math.max(SILENCE_DB, Math.min(0, db))) - SILENCE_DB;
      recent[at] = step;
      counts[step] = (counts[step] ?? 0) + 1;
      at = (at + 1) % frames;
    },
    share(share) {
      const wanted = Math.max(1, Math.ceil(share * total));
      let seen = 0;
      for (let step = 0; step < counts.length; step++) {
        seen += counts[step] ?? 0;
        if (seen >= wanted) return step + SILENCE_DB;
      }
      return SILENCE_DB;
    },
  };
}

/** Share of a segment's frames that are not louder than its speech: leaves out the odd knock. */
const SEGMENT_SPEECH_SHARE = 0.9;

/** One factor for a whole segment, so that its dynamics stay as spoken. */
export function segmentGain(levelsDb: readonly number[]): number {
  const sorted = levelsDb.toSorted((a, b) => a - b);
  const speechDb = sorted[Math.floor(SEGMENT_SPEECH_SHARE * (sorted.length - 1))] ?? TARGET_DB;
  return 10 ** (Math.max(LEAST_GAIN_DB, Math.min(MOST_GAIN_DB, TARGET_DB - speechDb)) / 20);
}
