/** Every sample as 32-bit float, all channels; no end is known while it is being written. */
const FLOAT_BYTES = 4;
/** ffmpeg's header is 80 bytes at most; far more than that before the first sample is not its output. */
const HEADER_LIMIT_BYTES = 64 * 1024;

/**
 * Reads a WAV file of 32-bit floats as it is written to a pipe and yields it mono, in [-1, 1], at the rate it has.
 * The channel count comes from the header (RIFF, chunk `fmt `). Yields nothing for a stream without samples.
 */
export async function* monoFromWav(chunks: AsyncIterable<Buffer>): AsyncGenerator<Float32Array> {
  let pending: Buffer = Buffer.alloc(0);
  let downmix: Downmix | null = null;
  for await (const chunk of chunks) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    if (downmix === null) {
      const header = readHeader(pending);
      if (header === null) {
        if (pending.length > HEADER_LIMIT_BYTES) throw new Error('ffmpeg wrote no WAV header.');
        continue;
      }
      downmix = createDownmix(header.channels);
      pending = pending.subarray(header.bytes);
    }
    const mono = downmix(pending);
    pending = pending.subarray(mono.bytesRead);
    if (mono.samples.length > 0) yield mono.samples;
  }
}

function readHeader(bytes: Buffer): { readonly channels: number; readonly bytes: number } | null {
  let channels = 0;
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (id === 'data') return channels === 0 ? null : { channels, bytes: at + 8 };
    if (id === 'fmt ' && at + 12 <= bytes.length) channels = bytes.readUInt16LE(at + 10);
    at += 8 + size + (size % 2);
  }
  return null;
}

export type Downmix = (bytes: Buffer) => { readonly samples: Float32Array; readonly bytesRead: number };

/**
 * The mean of all channels, so that a voice on any one of them is heard, also on those that film mixes leave out.
 * Two channels wired with opposite polarity would cancel: where they do, their difference is taken.
 */
export function createDownmix(channels: number): Downmix {
  const cancels = channels === 2 ? createPolarity() : () => false;
  return (bytes) => {
    const count = Math.floor(bytes.length / (channels * FLOAT_BYTES));
    const samples = new Float32Array(count);
    let at = 0;
    for (let i = 0; i < count; i++) {
      const first = finite(bytes.readFloatLE(at));
      at += FLOAT_BYTES;
      let rest = 0;
      for (let c = 1; c < channels; c++) {
        rest += finite(bytes.readFloatLE(at));
        at += FLOAT_BYTES;
      }
      const sum = cancels(first, rest) ? first - rest : first + rest;
      samples[i] = Math.max(-1, Math.min(1, sum / channels));
    }
    return { samples, bytesRead: at };
  };
}

/** A second of memory at 16 kHz: long against a syllable, short against a change of set-up. */
const POLARITY_MEMORY = 1 / 16_000;
/** 12 dB: independent or one-sided channels stay near 0 dB, so only true cancellation gets there. */
const CANCELLED = 16;

function createPolarity(): (left: number, right: number) => boolean {
  let sumPower = 0;
  let differencePower = 0;
  let inverted = false;
  return (left, right) => {
    sumPower += POLARITY_MEMORY * ((left + right) ** 2 - sumPower);
    differencePower += POLARITY_MEMORY * ((left - right) ** 2 - differencePower);
    if (differencePower > CANCELLED * sumPower) inverted = true;
    else if (sumPower > differencePower) inverted = false;
    return inverted;
  };
}

/** Float recordings may hold NaN and infinities; one of them would poison every filter after it. */
function finite(sample: number): number {
  return Number.isFinite(sample) ? sample : 0;
}
