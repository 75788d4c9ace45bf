import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { AudioDecoder } from '../src/core/ports.ts';

const SAMPLES_PER_MS = 16;
/** Engines differ in the longest stretch they take; this suits all of them. */
const LONGEST_SEGMENT_MS = 11_000;

const script = z.object({
  durationMs: z.number(),
  tracks: z.array(z.object({ speaker: z.string(), file: z.string() })),
  utterances: z.array(
    z.object({
      speaker: z.string(),
      startMs: z.number(),
      endMs: z.number(),
      text: z.string(),
      language: z.string().optional(),
    }),
  ),
});

export interface BundledMeeting {
  readonly durationMs: number;
  readonly tracks: readonly { readonly speaker: string; readonly path: string }[];
  readonly utterances: z.output<typeof script>['utterances'];
}

/** The recording that comes with the program, for `npm run demo`. */
export const bundledMeeting = (): BundledMeeting => {
  const folder = fileURLToPath(new URL('../demo/', import.meta.url));
  const { durationMs, tracks, utterances } = script.parse(
    JSON.parse(readFileSync(join(folder, 'script.json'), 'utf8')),
  );
  return {
    durationMs,
    utterances,
    tracks: tracks.map(({ speaker, file }) => ({ speaker, path: join(folder, file) })),
  };
};

/** A recording's samples, 16 kHz mono. */
export const wholePcm = async (decoder: AudioDecoder, path: string): Promise<Float32Array> => {
  const chunks: Float32Array[] = [];
  for await (const chunk of decoder.decode(path, new AbortController().signal)) chunks.push(chunk.slice());
  const pcm = new Float32Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    pcm.set(chunk, at);
    at += chunk.length;
  }
  return pcm;
};

/** The English utterances of the bundled meeting as separate stretches of sound, at most `limitMs` in all. */
export const bundledSegments = async (decoder: AudioDecoder, limitMs: number): Promise<readonly Float32Array[]> => {
  const meeting = bundledMeeting();
  const tracks = new Map<string, Float32Array>();
  const segments: Float32Array[] = [];
  let leftMs = limitMs;
  for (const { speaker, startMs, endMs, language } of meeting.utterances) {
    if (language !== undefined && language !== 'en') continue;
    const track = meeting.tracks.find((candidate) => candidate.speaker === speaker);
    if (track === undefined) continue;
    const pcm = tracks.get(speaker) ?? (await wholePcm(decoder, track.path));
    tracks.set(speaker, pcm);
    const lengthMs = Math.min(endMs - startMs, LONGEST_SEGMENT_MS);
    if (lengthMs > leftMs) break;
    leftMs -= lengthMs;
    segments.push(pcm.slice(startMs * SAMPLES_PER_MS, (startMs + lengthMs) * SAMPLES_PER_MS));
  }
  return segments;
};

/** Writes segments one after another, as engines' processes read them. */
export const writeSegments = (path: string, segments: readonly Float32Array[]): readonly number[] => {
  writeFileSync(path, Buffer.concat(segments.map((pcm) => Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength))));
  return segments.map((pcm) => pcm.length);
};

/**
 * Writes a 16-bit mono WAV file of this length in which `pcm` comes again and again, each time after a pause. A file of
 * three hours takes 345 MB.
 */
export const writeRepeated = (path: string, pcm: Float32Array, pauseMs: number, durationMs: number): void => {
  const round = new Int16Array(pcm.length + pauseMs * SAMPLES_PER_MS);
  for (const [index, sample] of pcm.entries()) round[index] = Math.round(Math.max(-1, Math.min(1, sample)) * 32_767);
  const dataBytes = durationMs * SAMPLES_PER_MS * 2;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(16_000, 24);
  header.writeUInt32LE(32_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  writeFileSync(path, header);
  const bytes = Buffer.from(round.buffer);
  for (let left = dataBytes; left > 0; left -= bytes.length) {
    writeFileSync(path, bytes.subarray(0, Math.min(left, bytes.length)), { flag: 'a' });
  }
};
