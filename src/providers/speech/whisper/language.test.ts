import { describe, expect, it } from 'vitest';
import { detectLanguage, probabilityOf, settleLanguage } from './language.ts';
import { languageToken, whisperLanguages } from './languages.ts';

const tokens = new Map([
  ['en', 1],
  ['zh', 2],
  ['fr', 3],
]);

describe('language detection', () => {
  it('shares the probability among languages alone', () => {
    const detected = detectLanguage(Float32Array.of(99, 0, Math.log(3), 0), tokens);
    expect([detected.language, detected.runnerUp]).toEqual(['zh', 'en']);
    expect(detected.probability).toBeCloseTo(0.6, 6);
  });

  it('never detects Latin, which accented English is taken for', () => {
    const row = Float32Array.of(0, 1, 9);
    expect(
      detectLanguage(
        row,
        new Map([
          ['en', 1],
          ['la', 2],
        ]),
      ),
    ).toEqual({ language: 'en', probability: 1, runnerUp: undefined });
  });

  it.each([
    ['sure', 0.9, 'en', 'fr'],
    ['unsure, with something likelier known', 0.4, 'en', 'en'],
    ['unsure, with nothing else known', 0.4, undefined, 'fr'],
  ])('settles when %s', (_name, probability, likely, expected) => {
    expect(settleLanguage({ language: 'fr', probability, runnerUp: 'zh' }, likely)).toBe(expected);
  });

  it('gives a token its share of the whole row', () => {
    expect(probabilityOf(Float32Array.of(1000, 1000, -1000), 1)).toBeCloseTo(0.5, 6);
  });

  it('knows codes, and asks for Javanese by the name the model has for it', () => {
    expect(whisperLanguages.has('zh')).toBe(true);
    expect(whisperLanguages.has('xx')).toBe(false);
    expect([languageToken('jv'), languageToken('zh')]).toEqual(['<|jw|>', '<|zh|>']);
  });
});
