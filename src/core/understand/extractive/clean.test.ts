import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, withoutInterjection, withoutOpener } from './clean.ts';
import { tokenise } from './words.ts';

describe('cleaning', () => {
  it.each([
    ['Um, I think, uh, we should wait.', 'I think, we should wait.'],
    ['The the plan is, you know, not ready.', 'The plan is, not ready.'],
    ['We were going to, we were going to ship it.', 'we were going to ship it.'],
    ['It was a sh- short meeting.', 'It was a short meeting.'],
    ['Th the cr criteria, s so to say, are ready.', 'The criteria, so to say, are ready.'],
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
    'The TV tvs us, Mr Mrazek.',
    'I do be better, if in inside.',
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

describe('a sentence as a point', () => {
  it.each([
    ['And so we wait for the spring.', 'We wait for the spring.'],
    ['Okay, so the crane is broken again.', 'The crane is broken again.'],
    ['Yeah I think it might be too late.', 'I think it might be too late.'],
    ['然后我们需要扩容数据库。', '我们需要扩容数据库。'],
  ])('leaves its opening words out: %s', (text, expected) => {
    expect(withoutOpener(text)).toBe(expected);
  });

  it.each([
    'So far nothing was decided.',
    'So many people came today.',
    'No, we do not wait.',
    'But we cannot wait any longer.',
    'Well water is not clean.',
    'Okay, done.',
    '那么多人没有来。',
    '所以我们不等了。',
  ])('keeps what carries meaning: %s', (text) => {
    expect(withoutOpener(text)).toBe(text);
  });

  it('loses no negation, hedge or number, and nothing but the beginning', () => {
    const words = fc.constantFrom(
      'and',
      'so',
      'okay,',
      'yeah',
      'no',
      'not',
      'never',
      'maybe',
      '42',
      'two',
      'well,',
      'wait',
      '然后',
      '不',
      '等',
    );
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 12 }), (parts) => {
        const text = parts.join(' ');
        const point = withoutOpener(text);
        expect(text.toLowerCase().endsWith(point.toLowerCase())).toBe(true);
        for (const kept of ['no', 'not', 'never', 'maybe', '42', 'two', '不']) {
          expect(point.toLowerCase().split(kept).length).toBe(text.split(kept).length);
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
