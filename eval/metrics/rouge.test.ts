import { describe, expect, it } from 'vitest';
import { porterStem } from './porter-stem.ts';
import { meanRouge, rouge, rougeTokens } from './rouge.ts';

describe('ROUGE', () => {
  it('counts shared words, pairs of words, and the longest common subsequence', () => {
    const score = rouge('the cat was found under the bed', 'The cat was under the bed.', 'words');
    expect(score.one.recall).toBe(1);
    expect(score.one.precision).toBeCloseTo(6 / 7);
    expect(score.two.recall).toBeCloseTo(4 / 5);
    expect(score.two.precision).toBeCloseTo(4 / 6);
    expect(score.l.recall).toBe(1);
    expect(score.l.f1).toBeCloseTo(12 / 13);
  });

  it('counts a word no more often than the reference has it', () => {
    expect(rouge('the the the the', 'the cat', 'words').one.f1).toBeCloseTo(1 / 3);
  });

  it('knows forms of a word as the same only when told to stem', () => {
    expect(rouge('meetings decided', 'the meeting decides', 'words').one.f1).toBe(0);
    expect(rouge('meetings decided', 'the meeting decides', 'stems').one.recall).toBeCloseTo(2 / 3);
  });

  it('takes Chinese by character and the words between as words', () => {
    expect(rougeTokens('区块链 App，2026', 'characters')).toEqual(['区', '块', '链', 'app', '2026']);
    expect(rouge('区块链技术', '区块技术', 'characters').two.f1).toBeCloseTo((2 * (2 / 4) * (2 / 3)) / (2 / 4 + 2 / 3));
  });

  it('gives nothing for empty texts, alone and on average', () => {
    expect(rouge('', 'words', 'words').one.f1).toBe(0);
    expect(rouge('words', '', 'words').l.f1).toBe(0);
    expect(meanRouge([])).toEqual({ one: 0, two: 0, l: 0 });
  });
});

describe('stems', () => {
  // Examples from the paper.
  it.each([
    ['caresses', 'caress'],
    ['ponies', 'poni'],
    ['ties', 'ti'],
    ['cats', 'cat'],
    ['feed', 'feed'],
    ['agreed', 'agre'],
    ['plastered', 'plaster'],
    ['bled', 'bled'],
    ['motoring', 'motor'],
    ['sing', 'sing'],
    ['conflated', 'conflat'],
    ['hopping', 'hop'],
    ['falling', 'fall'],
    ['hissing', 'hiss'],
    ['filing', 'file'],
    ['happy', 'happi'],
    ['sky', 'sky'],
    ['relational', 'relat'],
    ['vietnamization', 'vietnam'],
    ['hopefulness', 'hope'],
    ['triplicate', 'triplic'],
    ['formative', 'form'],
    ['revival', 'reviv'],
    ['adoption', 'adopt'],
    ['replacement', 'replac'],
    ['rate', 'rate'],
    ['cease', 'ceas'],
    ['controlling', 'control'],
    ['rolling', 'roll'],
    ['is', 'is'],
  ])('%s → %s', (word, stem) => {
    expect(porterStem(word)).toBe(stem);
  });
});
