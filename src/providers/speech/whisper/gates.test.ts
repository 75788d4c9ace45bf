import { describe, expect, it } from 'vitest';
import { judge } from './gates.ts';

const sure = {
  text: 'We ship on Friday.',
  noSpeech: 0.02,
  averageLogProbability: -0.2,
  tokensPerSecond: 3,
  looped: false,
};

describe('the gates', () => {
  it.each([
    ['clear speech', {}, undefined],
    ['quiet speech the model doubts but hears well', { noSpeech: 0.9 }, undefined],
    ['speech in noise, badly heard', { averageLogProbability: -1.3 }, undefined],
    ['words under silence', { noSpeech: 0.9, averageLogProbability: -1.1, text: 'Thank you.' }, 'no-speech'],
    ['a word under digital silence', { noSpeech: 0.95, averageLogProbability: -0.67, text: 'you' }, 'no-speech'],
    ['guesses', { averageLogProbability: -1.9 }, 'low-confidence'],
    ['one doubtful word in ten seconds', { averageLogProbability: -0.9, tokensPerSecond: 0.6 }, 'low-confidence'],
    ['one clear word in ten seconds', { tokensPerSecond: 0.3 }, undefined],
    ['a loop', { looped: true }, 'repetition'],
    ['signs without a word', { text: '♪ … ♪' }, 'empty'],
    ['a number', { text: '42' }, undefined],
    ['a server that says nothing of its doubts', { noSpeech: undefined, averageLogProbability: undefined }, undefined],
  ])('judge %s', (_name, evidence, expected) => {
    expect(judge({ ...sure, ...evidence })).toBe(expected);
  });
});
