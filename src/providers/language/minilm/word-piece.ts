/**
 * WordPiece as uncased BERT models use it: clean, lower-case and strip accents, cut at spaces and punctuation, then
 * spell each word with the longest pieces there are. https://github.com/google-research/bert/blob/master/tokenization.py
 */
import { z } from 'zod';

/** The parts of a Hugging Face `tokenizer.json` that are needed. */
export const wordPieceFile = z.object({
  model: z.object({
    type: z.literal('WordPiece'),
    vocab: z.record(z.string(), z.number().int().nonnegative()),
    continuing_subword_prefix: z.literal('##'),
    max_input_chars_per_word: z.number().int().positive(),
  }),
  normalizer: z.object({ type: z.literal('BertNormalizer'), lowercase: z.literal(true) }),
});
export type WordPieceFile = z.infer<typeof wordPieceFile>;

/**
 * Token ids of a text between `[CLS]` and `[SEP]`, at most `longest` of them. What looks like a special token in the
 * text is text.
 */
export type WordPiece = (text: string, longest: number) => number[];

/** Everything invisible but tabs and line ends: it does not even part words. */
const INVISIBLE = /[\0\uFFFD]|(?![\t\n\r])\p{C}/gu;
/** Chinese characters are words of their own; kana and hangul are not among them. */
const HAN =
  /[\u4E00-\u9FFF\u3400-\u4DBF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B920}-\u{2CEAF}\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/gu;
const WORD_OR_MARK = /[\p{P}$+<=>^`|~]|[^\s\p{P}$+<=>^`|~]+/gu;

/** Throws RangeError when the vocabulary lacks a special token. */
export function createWordPiece({ model }: WordPieceFile): WordPiece {
  const vocabulary = new Map(Object.entries(model.vocab));
  const special = (content: string): number => {
    const id = vocabulary.get(content);
    if (id === undefined) throw new RangeError(`the vocabulary has no ${content}`);
    return id;
  };
  const [start, end, unknown] = [special('[CLS]'), special('[SEP]'), special('[UNK]')];

  const spell = (word: string): readonly number[] => {
    const whole = vocabulary.get(word);
    if (whole !== undefined) return [whole];
    const characters = Array.from(word);
    if (characters.length > model.max_input_chars_per_word) return [unknown];
    const pieces: number[] = [];
    for (let from = 0; from < characters.length;) {
      let to = characters.length;
      let piece: number | undefined;
      for (; to > from; to--) {
        piece = vocabulary.get((from > 0 ? '##' : '') + characters.slice(from, to).join(''));
        if (piece !== undefined) break;
      }
      if (piece === undefined) return [unknown];
      pieces.push(piece);
      from = to;
    }
    return pieces;
  };

  return (text, longest) => {
    const plain = text
      .replace(INVISIBLE, '')
      .replace(HAN, ' $& ')
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .toLowerCase();
    const ids = [start];
    for (const [word] of plain.matchAll(WORD_OR_MARK)) {
      ids.push(...spell(word));
      if (ids.length >= longest) break;
    }
    ids.length = Math.min(ids.length, longest - 1);
    ids.push(end);
    return ids;
  };
}
