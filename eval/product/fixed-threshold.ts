import type { SpeechDetector } from '../../src/core/ports.ts';
import type { Span } from '../metrics/speech-frames.ts';

/**
 * The usual way to use a voice activity detector, as a baseline: one threshold with hysteresis, no gain control. The
 * figures are Silero's own defaults (github.com/snakers4/silero-vad, get_speech_timestamps).
 */
const THRESHOLD = 0.5;
const RELEASE_THRESHOLD = 0.35;
const SHORTEST_SPEECH_MS = 250;
const SHORTEST_SILENCE_MS = 100;
const PAD_MS = 30;
const SAMPLES_PER_MS = 16;

/** Speech found by a fixed threshold in 16 kHz mono PCM. */
export const fixedThresholdSpans = async (detector: SpeechDetector, pcm: Float32Array): Promise<readonly Span[]> => {
  const stream = detector.open();
  const frameMs = detector.frameSamples / SAMPLES_PER_MS;
  const frames = Math.floor(pcm.length / detector.frameSamples);
  const spans: Span[] = [];
  let startMs: number | null = null;
  let quietSinceMs: number | null = null;
  const close = (endMs: number): void => {
    if (startMs !== null && endMs - startMs >= SHORTEST_SPEECH_MS) {
      spans.push({ startMs: Math.max(0, startMs - PAD_MS), endMs: endMs + PAD_MS });
    }
    startMs = null;
    quietSinceMs = null;
  };
  for (let frame = 0; frame < frames; frame += 1) {
    const from = frame * detector.frameSamples;
    const probability = await stream.accept(pcm.slice(from, from + detector.frameSamples));
    const nowMs = frame * frameMs;
    if (probability >= THRESHOLD) {
      startMs ??= nowMs;
      quietSinceMs = null;
    } else if (startMs !== null && probability < RELEASE_THRESHOLD) {
      quietSinceMs ??= nowMs;
      if (nowMs - quietSinceMs >= SHORTEST_SILENCE_MS) close(quietSinceMs);
    }
  }
  close(frames * frameMs);
  return spans;
};
