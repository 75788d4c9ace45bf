/** One segment of speech to words: spectrogram, encoder, language, decoder, gates, times. */
import type { SuppressionReason } from '../../../core/model.ts';
import type { Hearing } from '../../../core/ports.ts';
import { decodeGreedily } from './decoder.ts';
import type { Decoded } from './decoder.ts';
import { judge } from './gates.ts';
import { detectLanguage, probabilityOf, settleLanguage } from './language.ts';
import { HOP_SAMPLES, createLogMel } from './log-mel.ts';
import { createTokenizer } from './tokenizer.ts';
import type { Decoding, GraphShape, Graphs, Step } from './session.ts';
import { createSession } from './session.ts';
import type { ModelFolder } from './model-folder.ts';
import { languageToken, whisperLanguages } from './languages.ts';
import { timeWords } from './words.ts';

const SAMPLES_PER_MS = 16;

/** Everything a recogniser needs; plain data, so it can be sent to another thread. */
export interface RecognizerModel {
  readonly graphs: Graphs;
  readonly shape: GraphShape;
  /** Length of the encoder's position table, 20 ms each. */
  readonly positions: number;
  /** False when the encoder takes its full window only, `positions` × 2 frames. */
  readonly anyLength: boolean;
  readonly generation: ModelFolder['generation'];
  readonly tokenizer: ModelFolder['tokenizer'];
}
export interface RecognizeOptions {
  readonly language?: string;
  readonly likelyLanguage?: string;
  readonly glossary: readonly string[];
}
export interface Recognizer {
  recognize(pcm: Float32Array, options: RecognizeOptions): Promise<Hearing>;
  close(): Promise<void>;
}

interface Beginning {
  readonly step: Step;
  readonly language: string;
  /** Probability that nobody speaks, 0 to 1. */
  readonly noSpeech: number;
  /** To try when this one makes no sense; undefined when the caller fixed the language. */
  readonly otherLanguage: string | undefined;
}
interface Attempt {
  readonly decoded: Decoded;
  readonly text: string;
  /** Mean natural log-probability per token. */
  readonly average: number;
  readonly suppressed: SuppressionReason | undefined;
}

/** A loop or guesses where somebody surely speaks: most often accented speech taken for another language. */
function isMisheard({ suppressed }: Attempt): boolean {
  return suppressed === 'repetition' || suppressed === 'low-confidence';
}
/** What else may have been meant: names to expect can lead astray, and so can a wrong language. */
function otherPrompts(
  glossary: readonly string[],
  language: string,
  otherLanguage: string | undefined,
): readonly { readonly glossary: readonly string[]; readonly language: string }[] {
  return [
    ...(glossary.length === 0 ? [] : [{ glossary: [], language }]),
    ...(otherLanguage === undefined ? [] : [{ glossary: [], language: otherLanguage }]),
  ];
}
/** Misheard speech has a no-speech probability of 0.2 at most, noise mostly more. */
const SURELY_SPEECH = 0.3;

/** Half of the decoder's 448 positions are for the text before. */
const MOST_GLOSSARY_TOKENS = 200;

export async function createRecognizer(model: RecognizerModel): Promise<Recognizer> {
  const session = await createSession(model.graphs, model.shape);
  const tokenizer = createTokenizer(model.tokenizer);
  const logMel = createLogMel(model.shape.mels);
  const { generation } = model;
  const start = generation.decoder_start_token_id;
  const end = generation.eos_token_id;
  // Special tokens come after the words: the end, the start, languages, tasks, times. Of those only the end is wanted.
  const noSpeech =
    tokenizer.special('<|nospeech|>') ?? tokenizer.special('<|nocaptions|>') ?? generation.no_timestamps_token_id - 1;
  const languages = new Map(
    [...whisperLanguages].flatMap((code) => {
      const id = generation.lang_to_id[languageToken(code)];
      return id === undefined ? [] : [[code, id] as const];
    }),
  );
  const notFirst = new Set(generation.begin_suppress_tokens);

  const startOfPrevious = tokenizer.special('<|startofprev|>');
  /** The names to expect go where the text before a segment went in training; punctuated, for the model goes on in that style. */
  const glossaryTokens = (glossary: readonly string[]): readonly number[] => {
    if (glossary.length === 0 || startOfPrevious === undefined) return [];
    return [startOfPrevious, ...tokenizer.encode(` ${glossary.join(', ')}.`).slice(0, MOST_GLOSSARY_TOKENS)];
  };
  const promptFor = (before: readonly number[], language: string): readonly number[] => [
    ...before,
    start,
    languages.get(language) ?? start,
    generation.task_to_id.transcribe,
    generation.no_timestamps_token_id,
  ];
  let allowed: Uint8Array | undefined;
  const allowedIn = (step: Step): Uint8Array => {
    if (allowed !== undefined) return allowed;
    allowed = new Uint8Array(step.logits.length / step.rows).fill(1, 0, end + 1);
    for (const id of generation.suppress_tokens ?? []) allowed[id] = 0;
    return allowed;
  };

  /** The language's scores depend on the start token alone, so the likeliest prompt is tried whole and mostly right. */
  const begin = async (decoding: Decoding, options: RecognizeOptions): Promise<Beginning> => {
    const guess = options.language ?? options.likelyLanguage ?? 'en';
    const before = glossaryTokens(options.glossary);
    let step = await decoding.prompt(promptFor(before, guess));
    const vocabulary = step.logits.length / step.rows;
    const row = step.logits.subarray(before.length * vocabulary, (before.length + 1) * vocabulary);
    const detected = detectLanguage(row, languages);
    const language = options.language ?? settleLanguage(detected, options.likelyLanguage);
    const doubt = probabilityOf(row, noSpeech);
    if (language !== guess) step = await decoding.prompt(promptFor(before, language));
    const others = [options.likelyLanguage, detected.language, detected.runnerUp];
    const otherLanguage =
      options.language === undefined ? others.find((other) => other !== undefined && other !== language) : undefined;
    return { step, language, noSpeech: doubt, otherLanguage };
  };

  const decode = async (
    decoding: Decoding,
    step: Step,
    noSpeechProbability: number,
    durationMs: number,
  ): Promise<Attempt> => {
    const decoded = await decodeGreedily(step, (token) => decoding.next(token), {
      end,
      allowed: allowedIn(step),
      notFirst,
      cap: tokenCap(durationMs),
    });
    const text = tokenizer.decode(decoded.tokens).trim();
    const average =
      decoded.logProbabilities.reduce((sum, value) => sum + value, 0) / Math.max(1, decoded.logProbabilities.length);
    const suppressed = judge({
      text,
      tokensPerSecond: (decoded.tokens.length * 1000) / durationMs,
      noSpeech: noSpeechProbability,
      averageLogProbability: average,
      looped: decoded.ending === 'repetition',
    });
    return { decoded, text, average, suppressed };
  };

  return {
    async recognize(pcm, options) {
      const durationMs = Math.round(pcm.length / SAMPLES_PER_MS);
      const frames = model.anyLength ? framesFor(pcm.length, model.positions) : model.positions * 2;
      const decoding = await session.encode(logMel(pcm, frames), frames);
      const beginning = await begin(decoding, options);
      let { language } = beginning;
      let attempt = await decode(decoding, beginning.step, beginning.noSpeech, durationMs);
      if (isMisheard(attempt) && beginning.noSpeech < SURELY_SPEECH) {
        for (const again of otherPrompts(options.glossary, language, beginning.otherLanguage)) {
          const step = await decoding.prompt(promptFor(glossaryTokens(again.glossary), again.language));
          const next = await decode(decoding, step, beginning.noSpeech, durationMs);
          if (next.suppressed !== undefined || next.average <= attempt.average) continue;
          attempt = next;
          language = again.language;
          break;
        }
      }
      const { decoded, text, suppressed } = attempt;
      const confidence = Math.exp(attempt.average);
      if (suppressed !== undefined) return { text: '', language, confidence, suppressed };
      const words = timeWords(decoded.tokens, decoded.attention, durationMs, tokenizer);
      return { text, language, confidence, ...(words === undefined ? {} : { words }) };
    },
    close: () => session.close(),
  };
}

/**
 * Mel frames (10 ms each) given for every segment that fits: 12 s. Measured against the trained 30 s the errors are the
 * same and the encoder takes a third of the time; windows fitted to shorter segments cost more errors than they save.
 */
const WINDOW_FRAMES = 1200;
/** Silence after the sound, which the model needs to find the end. */
const TAIL_FRAMES = 50;

function framesFor(samples: number, positions: number): number {
  const needed = Math.ceil(samples / HOP_SAMPLES) + TAIL_FRAMES;
  return Math.min(positions * 2, Math.max(WINDOW_FRAMES, Math.ceil(needed / 100) * 100));
}

/**
 * Most tokens in a segment. The fastest talkers say some 7 words a second, and Chinese takes up to two tokens for a
 * character; what goes on longer than that is not what was said. The model itself was trained on at most 224.
 */
function tokenCap(durationMs: number): number {
  return Math.min(224, Math.ceil(10 + (durationMs / 1000) * 14));
}
