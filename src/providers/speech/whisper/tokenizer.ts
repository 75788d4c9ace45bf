/**
 * Byte-level byte pair encoding as GPT-2 and Whisper use it: every byte has a printable stand-in character, words are
 * spelled in stand-ins. https://github.com/openai/gpt-2/blob/master/src/encoder.py
 */
import { z } from 'zod';

/** The parts of a Hugging Face `tokenizer.json` that are needed. Merges are written `"a b"` or `["a", "b"]`. */
export const tokenizerFile = z.object({
  model: z.object({
    vocab: z.record(z.string(), z.number().int().nonnegative()),
    merges: z.array(z.union([z.string(), z.tuple([z.string(), z.string()])])),
  }),
  added_tokens: z.array(z.object({ id: z.number().int().nonnegative(), content: z.string() })),
});
type TokenizerFile = z.infer<typeof tokenizerFile>;

export interface Tokenizer {
  /** Text of ordinary tokens; special and unknown ones are left out. Bytes that are no UTF-8 become U+FFFD. */
  decode(ids: readonly number[]): string;
  /** Bytes of one ordinary token: a character may be spread over several tokens. Empty for special ones. */
  bytes(id: number): Uint8Array;
  encode(text: string): number[];
  /** Id of a special token such as `<|zh|>`; undefined when the model has none by that name. */
  special(content: string): number | undefined;
}

export function createTokenizer(file: TokenizerFile): Tokenizer {
  const standIns = byteStandIns();
  const byteOf = new Map(standIns.map((character, byte) => [character, byte]));
  const specials = new Map(file.added_tokens.map((token) => [token.content, token.id]));
  const specialIds = new Set(specials.values());
  const vocabulary = new Map(Object.entries(file.model.vocab));
  const spellings = new Map<number, string>();
  for (const [spelling, id] of vocabulary) if (!specialIds.has(id)) spellings.set(id, spelling);
  const ranks = new Map(
    file.model.merges.map((merge, rank) => [typeof merge === 'string' ? merge : merge.join(' '), rank]),
  );

  const bytes = (id: number): Uint8Array =>
    Uint8Array.from(Array.from(spellings.get(id) ?? '').flatMap((character) => byteOf.get(character) ?? []));

  const encodeWord = (word: string): number[] => {
    const parts = [...new TextEncoder().encode(word)].map((byte) => standIns[byte] ?? '');
    for (;;) {
      let best = Number.POSITIVE_INFINITY;
      let at = -1;
      for (let i = 0; i + 1 < parts.length; i++) {
        const rank = ranks.get(`${parts[i]} ${parts[i + 1]}`) ?? Number.POSITIVE_INFINITY;
        if (rank < best) {
          best = rank;
          at = i;
        }
      }
      if (at < 0) break;
      parts.splice(at, 2, `${parts[at]}${parts[at + 1]}`);
    }
    return parts.flatMap((part) => vocabulary.get(part) ?? []);
  };

  return {
    decode: (ids) => Buffer.concat(ids.map(bytes)).toString('utf8'),
    bytes,
    // Contractions, letters, digits and the rest apart, each with the space before it: GPT-2's pre-tokenizer.
    encode: (text) =>
      [...text.matchAll(/'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu)].flatMap(
        ([word]) => encodeWord(word),
      ),
    special: (content) => specials.get(content),
  };
}

/** The printable character that stands for each byte: itself where it has a shape, else one from U+0100 on. */
function byteStandIns(): readonly string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    return String.fromCodePoint(printable ? byte : next++);
  });
}
