/** The two graphs on onnxruntime: sound in, logits out. One thread; a pool runs several of these. */
import { InferenceSession, Tensor } from 'onnxruntime-node';

export interface Graphs {
  readonly encoder: Uint8Array;
  readonly decoder: Uint8Array;
}
/** What the graphs look like, from the model's settings. */
export interface GraphShape {
  readonly mels: number;
  readonly decoderLayers: number;
  readonly decoderHeads: number;
  readonly headWidth: number;
  /** [layer, head] pairs whose cross attention follows the sound, for word times; may be empty. */
  readonly alignmentHeads: readonly (readonly [layer: number, head: number])[];
}

export interface Session {
  /** `mel` is [mels, frames]. */
  encode(mel: Float32Array, frames: number): Promise<Decoding>;
  close(): Promise<void>;
}
/** One segment being decoded. Steps must be awaited one after the other. */
export interface Decoding {
  /** Starts again with these tokens. */
  prompt(tokens: readonly number[]): Promise<Step>;
  /** Goes on with one more token. */
  next(token: number): Promise<Step>;
}
/** What the decoder made of the tokens just given. */
export interface Step {
  /** [rows, vocabulary]: one row per token given, each scoring what comes after it. */
  readonly logits: Float32Array;
  readonly rows: number;
  /** Per alignment head: where in the segment (20 ms positions, adding up to 1) the last token given looked. */
  readonly attention: readonly Float32Array[];
}

const options: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 4,
  // Signed weights overflow in the 8-bit kernels of processors without VNNI; this makes onnxruntime take exact ones there.
  extra: { session: { x64quantprecision: '1' } },
};

export async function createSession(graphs: Graphs, shape: GraphShape): Promise<Session> {
  const encoder = await InferenceSession.create(graphs.encoder, options);
  const decoder = await InferenceSession.create(graphs.decoder, options);
  const attention = [...new Set(shape.alignmentHeads.map(([layer]) => `cross_attentions.${layer}`))];
  const sides = ['decoder', 'encoder'] as const;
  const caches = Array.from({ length: shape.decoderLayers }, (_, layer) =>
    sides.flatMap((side) => ['key', 'value'].map((part) => `${layer}.${side}.${part}`)),
  ).flat();
  // What was computed from the sound does not change from token to token; the graph gives it only at the start.
  const growing = caches.filter((cache) => cache.includes('.decoder.'));
  const fetchAll = ['logits', ...attention, ...caches.map((cache) => `present.${cache}`)];
  const fetchGrowing = ['logits', ...attention, ...growing.map((cache) => `present.${cache}`)];
  const emptyCache = new Tensor('float32', new Float32Array(0), [1, shape.decoderHeads, 0, shape.headWidth]);
  const cached = [false, true].map((value) => new Tensor('bool', [value], [1]));

  const startDecoding = (sound: Tensor): Decoding => {
    let past: Record<string, Tensor> = {};
    const run = async (tokens: readonly number[], fresh: boolean): Promise<Step> => {
      const useCache = cached[fresh ? 0 : 1];
      if (useCache === undefined) throw new RangeError('unreachable');
      const feeds: Record<string, Tensor> = {
        ...past,
        input_ids: new Tensor('int64', BigInt64Array.from(tokens, BigInt), [1, tokens.length]),
        encoder_hidden_states: sound,
        use_cache_branch: useCache,
      };
      const results = await decoder.run(feeds, fresh ? fetchAll : fetchGrowing);
      for (const cache of fresh ? caches : growing) {
        const kept = results[`present.${cache}`];
        if (kept !== undefined) past[`past_key_values.${cache}`] = kept;
      }
      return {
        logits: floats(results['logits']),
        rows: tokens.length,
        attention: shape.alignmentHeads.map(([layer, head]) => {
          const all = floats(results[`cross_attentions.${layer}`]);
          const positions = all.length / (shape.decoderHeads * tokens.length);
          const row = (head + 1) * tokens.length - 1;
          return all.subarray(row * positions, (row + 1) * positions);
        }),
      };
    };
    return {
      prompt: (tokens) => {
        past = Object.fromEntries(caches.map((cache) => [`past_key_values.${cache}`, emptyCache]));
        return run(tokens, true);
      },
      next: (token) => run([token], false),
    };
  };

  return {
    async encode(mel, frames) {
      const results = await encoder.run({ input_features: new Tensor('float32', mel, [1, shape.mels, frames]) });
      const sound = results['last_hidden_state'];
      if (sound === undefined) throw new TypeError('the encoder gave nothing');
      return startDecoding(sound);
    },
    async close() {
      await encoder.release();
      await decoder.release();
    },
  };
}

function floats(tensor: Tensor | undefined): Float32Array {
  if (tensor === undefined || !(tensor.data instanceof Float32Array)) throw new TypeError('the decoder gave no floats');
  return tensor.data;
}
