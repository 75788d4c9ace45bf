import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, withoutInterjection } from './clean.ts';
import { tokenise } from './words.ts';

describe('cleaning', () => {
  it.each([
    ['Um, I think, uh, we should wait.', 'I think, we should wait.'],
    ['The the plan is, you know, not ready.', 'The plan is, not ready.'],
    ['We were going to, we were going to ship it.', 'we were going to ship it.'],
    ['It was a sh- short meeting.', 'It was a short meeting.'],
    ['嗯，我们我们觉得，那个，方案可以。', '我们觉得，方案可以。'],
    ["I do n't know , {disfmarker} it 's fine .", "I don't know, it's fine."],
  ])('%s', (spoken, expected) => {
    expect(clean(spoken).toLowerCase()).toBe(expected.toLowerCase());
  });

  it.each([
    'It is very very important.',
    'You know the answer.',
    'I mean it.',
    'We had had enough.',
    'Call two two seven.',
    'It is sort of finished, maybe.',
    'Never, never do that.',
    '谢谢，我们再看看。',
    'That costs 20 20 times.',
  ])('leaves what carries meaning: %s', (spoken) => {
    expect(clean(spoken)).toBe(spoken);
  });

  it('only ever leaves words out', () => {
    const words = fc.constantFrom(
      'um',
      'the',
      'the',
      'we',
      'not',
      'plan',
      '我',
      '我',
      '嗯',
      '方案',
      'sh-',
      'you know,',
      'I',
      '42',
      'two',
      '.',
      '?',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 20 }), (parts) => {
        const spoken = parts.join(' ');
        const before = tokenise(spoken)
          .map(({ norm }) => norm)
          .join('');
        let at = 0;
        for (const character of tokenise(clean(spoken))
          .map(({ norm }) => norm)
          .join('')) {
          at = before.indexOf(character, at) + 1;
          expect(at).toBeGreaterThan(0);
        }
        for (const kept of ['not', '42', 'two']) {
          expect(clean(spoken).split(kept).length).toBe(spoken.split(kept).length);
        }
      }),
    );
  });
});

describe('the matter without interjections', () => {
  it.each([
    ['Great, I will finish the payment page.', 'I will finish the payment page.'],
    ['Yes, thank you Tom, we need the list.', 'We need the list.'],
    ['好的，我来整理。', '我来整理。'],
    ['Great plans need time.', 'Great plans need time.'],
    ['Thank you for the list.', 'Thank you for the list.'],
  ])('%s', (text, expected) => {
    expect(withoutInterjection(text)).toBe(expected);
  });
});
