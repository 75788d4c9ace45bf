import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { openModelFolder } from './model-folder.ts';
import { openEncoder, quickenDecoder } from './onnx-surgery.ts';
import { bytesOf, nested, parse, serialize, text } from '../../onnx/protobuf.ts';

const MODEL_GRAPH = 7;

function pattern(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(i * i));
}
function worstDifference(a: Float32Array, b: Float32Array): number {
  let worst = Math.abs(a.length - b.length);
  for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs((a[i] ?? 0) - (b[i] ?? 0)));
  return worst;
}
function open(model: Uint8Array): Promise<InferenceSession> {
  return InferenceSession.create(model, {
    intraOpNumThreads: 1,
    logSeverityLevel: 4,
    extra: { session: { x64quantprecision: '1' } },
  });
}
async function run(
  session: InferenceSession,
  feeds: Record<string, Tensor>,
  output: string,
): Promise<{ readonly dims: readonly number[]; readonly data: Float32Array }> {
  const result = (await session.run(feeds, [output]))[output];
  if (result === undefined || !(result.data instanceof Float32Array)) throw new Error(`no ${output}`);
  return { dims: result.dims, data: result.data };
}

describe('surgery on the bundled model', () => {
  let encoder: Uint8Array;
  let decoder: Uint8Array;
  beforeAll(async () => {
    const folder = await openModelFolder('base');
    encoder = await folder.readGraph('encoder');
    decoder = await folder.readGraph('decoder');
  });

  it('lets the encoder take any window, and changes nothing for the trained one', async () => {
    const opened = openEncoder(encoder);
    expect(opened.anyLength).toBe(true);
    const full = { input_features: new Tensor('float32', pattern(80 * 3000), [1, 80, 3000]) };
    const before = await run(await open(encoder), full, 'last_hidden_state');
    const session = await open(opened.model);
    const after = await run(session, full, 'last_hidden_state');
    expect(after.dims).toEqual([1, 1500, 512]);
    expect(worstDifference(before.data, after.data)).toBeLessThan(1e-3);
    const short = { input_features: new Tensor('float32', pattern(80 * 200), [1, 80, 200]) };
    expect((await run(session, short, 'last_hidden_state')).dims).toEqual([1, 100, 512]);
  });

  it('leaves the logits as they were to a hundredth, out of both branches', async () => {
    const sound = new Tensor('float32', pattern(50 * 512), [1, 50, 512]);
    const cache = (side: string, length: number): Record<string, Tensor> =>
      Object.fromEntries(
        [0, 1, 2, 3, 4, 5].flatMap((layer) =>
          ['key', 'value'].map((part) => [
            `past_key_values.${layer}.${side}.${part}`,
            new Tensor('float32', pattern(8 * length * 64), [1, 8, length, 64]),
          ]),
        ),
      );
    const original = await open(decoder);
    const quick = await open(quickenDecoder(decoder));
    for (const [useCache, ids] of [
      [false, [50_258n, 50_259n, 50_359n]],
      [true, [264n]],
    ] as const) {
      const feeds = {
        input_ids: new Tensor('int64', BigInt64Array.from(ids), [1, ids.length]),
        encoder_hidden_states: sound,
        use_cache_branch: new Tensor('bool', [useCache], [1]),
        ...cache('decoder', useCache ? 3 : 0),
        ...cache('encoder', useCache ? 50 : 0),
      };
      const before = await run(original, feeds, 'logits');
      const after = await run(quick, feeds, 'logits');
      expect(after.dims).toEqual([1, ids.length, 51_865]);
      expect(worstDifference(before.data, after.data)).toBeLessThan(0.01);
    }
    // What nobody reads is gone; cross attention stays for word times.
    expect(quick.outputNames.filter((name) => name.startsWith('decoder_attentions'))).toEqual([]);
    expect(quick.outputNames.filter((name) => name.startsWith('cross_attentions'))).toHaveLength(6);
  });
});

describe('surgery on other files', () => {
  const graph = serialize([nested(MODEL_GRAPH, [text(2, 'a graph of another kind')])]);

  it('leaves graphs without its patterns as they are', () => {
    expect(openEncoder(graph)).toEqual({ model: graph, anyLength: false });
    expect(quickenDecoder(graph)).toEqual(graph);
    expect(Buffer.from(bytesOf(parse(graph), MODEL_GRAPH) ?? [])).toEqual(
      Buffer.from(serialize([text(2, 'a graph of another kind')])),
    );
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['a length past the end', Uint8Array.of(0x3a, 0xff, 0x01, 0x00)],
    ['a number cut short', Uint8Array.of(0x08, 0x80)],
    ['a wire type that does not exist', Uint8Array.of(0x0f)],
  ])('refuses %s', (_name, bytes) => {
    expect(() => openEncoder(bytes)).toThrow(RangeError);
    expect(() => quickenDecoder(bytes)).toThrow(RangeError);
  });
});
