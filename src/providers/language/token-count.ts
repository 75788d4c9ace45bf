/**
 * How many tokens a model makes of a text. Exact for the vocabularies that OpenAI has published; for others a count that
 * is meant to err upwards only, since a prompt that is cut by its server is worse than one window more.
 */
import { createRequire } from 'node:module';

/** Never fewer than the model counts. */
export type TokenCount = (text: string) => number;

interface Encoding {
  countTokens(text: string, options: { readonly disallowedSpecial: Set<string> }): number;
}
type EncodingName = 'o200k_base' | 'cl100k_base';

/** https://github.com/openai/tiktoken/blob/main/tiktoken/model.py */
const OPENAI_VOCABULARIES: readonly (readonly [RegExp, EncodingName])[] = [
  [/^(?:gpt-(?:4o|4\.1|4\.5|[5-9]|oss)|chatgpt-|o\d)/u, 'o200k_base'],
  [/^gpt-(?:4|3\.5)(?:-|$)/u, 'cl100k_base'],
];

/** Families whose vocabularies have 100,000 entries or more, Chinese words among them. */
const LARGE_VOCABULARY =
  /qwen|qwq|deepseek|glm|kimi|moonshot|gemma-?[2-9]|gemini|llama-?(?:3|4)|mistral-nemo|ministral/iu;
/** Llama 3's 128,000 entries make 1.3 times the tokens of o200k on Chinese, and none of the families makes more on either. */
const LARGE_VOCABULARY_FACTOR = 1.35;
/** Vocabularies of 32,000 entries (Llama 2, Mistral) on English, and then some. */
const SMALL_VOCABULARY_FACTOR = 1.5;

/** Byte-pair merging takes the square of a run's length, and Chinese without punctuation is one run. */
const PIECE_CHARACTERS = 400;

/**
 * The encoding tables are loaded at the first count, which takes a quarter of a second and 60 MB: processes that ask
 * no model never pay for them.
 */
export function tokenCountFor(model: string): TokenCount {
  const bare = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  const exact = OPENAI_VOCABULARIES.find(([names]) => names.test(bare))?.[1];
  if (exact !== undefined) return counter(exact);
  const reference = counter('o200k_base');
  if (LARGE_VOCABULARY.test(bare)) return (text) => Math.ceil(reference(text) * LARGE_VOCABULARY_FACTOR);
  return (text) => Math.max(Math.ceil(reference(text) * SMALL_VOCABULARY_FACTOR), byScript(text));
}

function counter(name: EncodingName): TokenCount {
  let encoding: Encoding | undefined;
  return (text) => {
    encoding ??= load(name);
    let tokens = 0;
    for (const piece of pieces(text)) {
      // What looks like a control token is text here: people may say or write it.
      tokens += encoding.countTokens(piece, { disallowedSpecial: new Set() });
    }
    return tokens;
  };
}

function load(name: EncodingName): Encoding {
  const encoding: unknown = createRequire(import.meta.url)(`gpt-tokenizer/encoding/${name}`);
  if (!isEncoding(encoding)) throw new TypeError(`gpt-tokenizer has no encoding ${name}`);
  return encoding;
}

function isEncoding(value: unknown): value is Encoding {
  return typeof value === 'object' && value !== null && 'countTokens' in value;
}

/** Cut before white space where there is some: a cut inside a word makes tokens more, never fewer. */
function* pieces(text: string): Generator<string> {
  let from = 0;
  while (text.length - from > PIECE_CHARACTERS) {
    const limit = from + PIECE_CHARACTERS;
    const space = Math.max(text.lastIndexOf('\n', limit), text.lastIndexOf(' ', limit));
    let to = space > from ? space : limit;
    const isPairCut = /[\uD800-\uDBFF]/u.test(text[to - 1] ?? '') && to - 1 > from;
    if (isPairCut) to -= 1;
    yield text.slice(from, to);
    from = to;
  }
  yield text.slice(from);
}

/** Small vocabularies fall back to bytes: two to three tokens for a Chinese character; up to one per byte for the rest. */
function byScript(text: string): number {
  let tokens = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) tokens += 0.3;
    else if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character)) tokens += 2.3;
    else if (code < 0x8_00) tokens += 1.3;
    else tokens += code < 0x1_00_00 ? 3 : 4;
  }
  return Math.ceil(tokens);
}
