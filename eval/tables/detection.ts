import type { Ears } from '../../src/core/listen.ts';
import type { SpeechDetector, Transcriber } from '../../src/core/ports.ts';
import type { LabelledRecording } from '../data/meetings.ts';
import { type FrameScore, scoreFrames, type Span, sumFrames } from '../metrics/speech-frames.ts';
import { fixedThresholdSpans } from '../product/fixed-threshold.ts';
import { hear } from '../product/hear.ts';
import { asDecimal, asPercent, type Table } from './table.ts';

/**
 * Hears one word in every segment, so that what the product's listening path hands to a recogniser shows as utterances,
 * at the times where it found speech.
 */
const taking = (transcriber: Transcriber): Transcriber => ({
  name: 'everything',
  maxSegmentMs: transcriber.maxSegmentMs,
  concurrency: transcriber.concurrency,
  transcribe: async () => ({ text: 'speech', language: 'en', confidence: 1 }),
  close: async () => {},
});

const wholePcm = async (ears: Ears, path: string): Promise<Float32Array> => {
  const chunks: Float32Array[] = [];
  for await (const chunk of ears.decoder.decode(path, new AbortController().signal)) chunks.push(chunk.slice());
  const pcm = new Float32Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    pcm.set(chunk, at);
    at += chunk.length;
  }
  return pcm;
};

const spansHeard = async (ears: Ears, path: string): Promise<readonly Span[]> =>
  (await hear(ears, [{ speaker: null, path }], null)).utterances;

interface Scores {
  readonly fixed: FrameScore;
  readonly found: FrameScore;
  readonly written: FrameScore;
}

/** Speech found in labelled recordings: by a fixed threshold on the `plain` detector, by the product's detector, and what ends up written down. */
export const detectionTable = async (
  model: string,
  ears: Ears,
  plain: SpeechDetector,
  recordings: readonly LabelledRecording[],
): Promise<Table> => {
  const results: { readonly name: string; readonly scores: Scores }[] = [];
  for (const { name, path, turns, durationMs } of recordings) {
    const score = (spans: readonly Span[]): FrameScore => scoreFrames(turns, spans, durationMs);
    results.push({
      name,
      scores: {
        fixed: score(await fixedThresholdSpans(plain, await wholePcm(ears, path))),
        found: score(await spansHeard({ ...ears, transcriber: taking(ears.transcriber) }, path)),
        written: score(await spansHeard(ears, path)),
      },
    });
  }
  const total = (pick: (scores: Scores) => FrameScore): FrameScore =>
    sumFrames(results.map(({ scores }) => pick(scores)));
  const all = {
    name: 'all',
    scores: {
      fixed: total((scores) => scores.fixed),
      found: total((scores) => scores.found),
      written: total((scores) => scores.written),
    },
  };
  return {
    title: `Speech found in real meetings (AMI excerpts, 10 ms frames), written down by ${model}`,
    columns: [
      { name: 'excerpt' },
      { name: 'speech s', format: asDecimal(1) },
      { name: 'fixed: recall', format: asPercent },
      { name: 'precision', format: asPercent },
      { name: 'found: recall', format: asPercent },
      { name: 'precision', format: asPercent },
      { name: 'written: recall', format: asPercent },
      { name: 'precision', format: asPercent },
    ],
    rows: [...results, all].map(({ name, scores: { fixed, found, written } }) => [
      name,
      fixed.referenceMs / 1000,
      fixed.recall,
      fixed.precision,
      found.recall,
      found.precision,
      written.recall,
      written.precision,
    ]),
    notes: [
      '"speech s": one person speaking, overlap left out. "fixed": Silero at .5 with its default settings on the raw signal.',
      '"found": what the listening path hands to the recogniser. "written": what is left as utterances.',
    ],
  };
};
