import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tidy, typeset } from './typeset.ts';

describe('a text of a model', () => {
  it.each([
    ['one\ntwo\r\n\tthree\u2028four', 'one two three four'],
    ['a\u200b\u202eb\u2066c\ufeff', 'abc'],
    ['na\u200dme', 'name'],
    ['👩\u200d👧 می\u200cخواهم', '👩\u200d👧 می\u200cخواهم'],
    ['- The pool is empty.', 'The pool is empty.'],
    ['2. The pool is empty.', 'The pool is empty.'],
    ['The **pool** is __empty__.', 'The pool is empty.'],
    ['The pool is empty [3, 4].', 'The pool is empty.'],
    ['连接池耗尽（第3行）。', '连接池耗尽（第3行）。'],
    ['3.5 and 2 * 3 * 4', '3.5 and 2 * 3 * 4'],
    ['\u0000\u001b[31mred', '[31mred'],
  ])('is one visible line without list marks, emphasis or line numbers: %j', (text, expected) => {
    expect(tidy(text)).toBe(expected);
  });

  it('is the same when made fit twice, and holds nothing that cannot be seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const once = tidy(text);
        expect(once).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}

describe('Chinese', () => {
  it.each([
    ['我们 决定 把上线 推迟 。', '我们决定把上线推迟。'],
    ['预算是50万,已用30万.', '预算是50万，已用30万。'],
    ['先测试, 再上线; 好吗?', '先测试，再上线；好吗？'],
    ['负责人:王芳', '负责人：王芳'],
    ['压力测试失败.', '压力测试失败。'],
    ['压力测试（ 900 人 ）失败', '压力测试（900 人）失败'],
    ['王芳(产品)和李雷 (后端)', '王芳（产品）和李雷（后端）'],
    ['用 PostgreSQL, 不用 Redis。', '用 PostgreSQL，不用 Redis。'],
    ['3.5 倍, 12:30 开会', '3.5 倍，12:30 开会'],
    ['见 https://example.com/a?b=c,d 的说明', '见 https://example.com/a?b=c,d 的说明'],
    ['他说 “可以” 。', '他说 “可以”。'],
  ])('is set with full-width marks and without stray spaces: %s', (text, expected) => {
    expect(typeset(text, 'zh')).toBe(expected);
  });

  it('leaves other languages as they are', () => {
    expect(typeset('Yes, really? (No.)', 'en')).toBe('Yes, really? (No.)');
  });

  it('keeps every letter and figure in its order', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('我们用 PG, 3.5(倍):?!;。，')), maxLength: 40 }),
        (text) => {
          expect(letters(typeset(text, 'zh'))).toBe(letters(text));
          expect(typeset(typeset(text, 'zh'), 'zh')).toBe(typeset(text, 'zh'));
        },
      ),
    );
  });
});
