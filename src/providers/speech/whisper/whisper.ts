/** Whisper on this machine's processor, behind the port `Transcriber`. */
import { Worker } from 'node:worker_threads';
import { Fault } from '../../../core/faults.ts';
import type { Hearing, Transcriber } from '../../../core/ports.ts';
import { createPool } from '../../threads/pool.ts';
import { whisperLanguages } from './languages.ts';
import { openModelFolder } from './model-folder.ts';
import type { ModelFolder } from './model-folder.ts';
import { openEncoder, quickenDecoder } from './onnx-surgery.ts';
import type { RecognizerModel } from './recognizer.ts';
import { createSimplifier } from './simplified.ts';
import type { Segment } from './worker.ts';

export interface WhisperOptions {
  /** `base` or `small` from the npm packages, a name in `modelsDir`, or the absolute path of a folder laid out like them. */
  readonly model: string;
  /** Folder of downloaded models; absent: there is none. */
  readonly modelsDir?: string;
  /** Segments recognised at once, each on a thread of its own; one per core is best. */
  readonly threads: number;
}

/** A segment of this length and half a second of silence fill the 12 s window the encoder is given. */
const LONGEST_SEGMENT_MS = 11_500;
/** Longer segments are taken, more slowly, up to what the model can see at all. */
const LONGEST_POSSIBLE_MS = 29_500;
const SAMPLES_PER_MS = 16;

/**
 * Loads the model once for all threads; resolves when every thread is ready. Throws Fault `not-found` or `bad-input`
 * about the model's files, `unavailable` when the threads cannot be started. `transcribe` throws Fault `bad-input` for
 * an unknown language or a segment of over 29.5 s, `unavailable` when its thread crashed (another takes its place).
 */
export async function createWhisper(options: WhisperOptions): Promise<Transcriber> {
  const folder = await openModelFolder(options.model, options.modelsDir);
  let model: Promise<RecognizerModel> | null = loadModel(folder);
  const spawn = async (): Promise<Worker> => {
    // After the start the graphs are let go; a replacement reads them again.
    const loaded = await (model ?? loadModel(folder));
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window: there is no origin
    worker.postMessage(loaded);
    return worker;
  };
  const pool = await createPool<Segment, Hearing>({
    source: 'whisper',
    work: 'Speech recognition',
    size: options.threads,
    spawn,
  });
  model = null;
  const simplify = createSimplifier();

  return {
    name: folder.name,
    maxSegmentMs: LONGEST_SEGMENT_MS,
    concurrency: options.threads,
    async transcribe(pcm, { language, likelyLanguage, glossary, signal }) {
      if (language !== undefined && !whisperLanguages.has(language)) {
        throw new Fault(
          'whisper',
          'bad-input',
          `Whisper does not know the language "${language}": use a code such as en or zh.`,
        );
      }
      if (pcm.length > LONGEST_POSSIBLE_MS * SAMPLES_PER_MS) {
        throw new Fault(
          'whisper',
          'bad-input',
          'A segment was longer than the 29.5 s Whisper can hear at once: cut it.',
        );
      }
      signal.throwIfAborted();
      if (pcm.length === 0)
        return { text: '', language: language ?? likelyLanguage ?? 'und', confidence: 0, suppressed: 'empty' };
      // The caller keeps its samples: only a copy may leave this thread.
      const copy = pcm.slice();
      const hearing = await pool.run(
        {
          pcm: copy,
          options: {
            glossary,
            ...(language === undefined ? {} : { language }),
            ...(likelyLanguage === undefined || !whisperLanguages.has(likelyLanguage) ? {} : { likelyLanguage }),
          },
        },
        [copy.buffer],
        signal,
      );
      return hearing.language === 'zh' ? inSimplified(hearing, simplify) : hearing;
    },
    close: () => pool.close(),
  };
}

async function loadModel(folder: ModelFolder): Promise<RecognizerModel> {
  const [encoder, decoder] = await Promise.all([folder.readGraph('encoder'), folder.readGraph('decoder')]);
  try {
    const opened = openEncoder(encoder);
    return {
      anyLength: opened.anyLength,
      graphs: { encoder: shared(opened.model), decoder: shared(quickenDecoder(decoder)) },
      shape: {
        mels: folder.mels,
        decoderLayers: folder.decoderLayers,
        decoderHeads: folder.decoderHeads,
        headWidth: folder.headWidth,
        alignmentHeads: folder.generation.alignment_heads ?? [],
      },
      positions: folder.positions,
      generation: folder.generation,
      tokenizer: folder.tokenizer,
    };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new Fault(
      'whisper',
      'bad-input',
      `${folder.path} holds no Whisper graphs that can be used: download the model again.`,
      { cause },
    );
  }
}

/** In memory every thread can read, so that the weights are handed over without a copy for each. */
function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

function inSimplified(hearing: Hearing, simplify: (text: string) => string): Hearing {
  const words = hearing.words?.map((word) => ({ ...word, text: simplify(word.text) }));
  return { ...hearing, text: simplify(hearing.text), ...(words === undefined ? {} : { words }) };
}
