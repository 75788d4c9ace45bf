import { describe, expect, it } from 'vitest';
import { splitAtSplices } from './comma-splices.ts';

describe('sentences joined by commas', () => {
  it.each([
    ['That is good news, can we still launch in March?', ['That is good news', 'can we still launch in March?']],
    [
      'Our next topic is the price, Ben, what did you find?',
      ['Our next topic is the price', 'Ben, what did you find?'],
    ],
    [
      'I would rather wait two weeks, the page still needs a review.',
      ['I would rather wait two weeks', 'the page still needs a review.'],
    ],
    ['We do not know that yet, let us keep it open.', ['We do not know that yet', 'let us keep it open.']],
  ])('come apart: %s', (joined, pieces) => {
    expect(splitAtSplices(joined)).toEqual(pieces);
  });

  it.each([
    'If the price is 25 dollars, we would still earn enough money.',
    'Great, I will finish the page by Friday.',
    'The price is 25 dollars per month, and the first month is free.',
    'I think, we should wait.',
    'About the conference in May, can I go?',
    'Then we have decided, we will launch on March 16th.',
    'Ben, could you send the list?',
    'Because the gate is narrow, the permit was refused.',
  ])('stay whole where a comma only separates clauses: %s', (sentence) => {
    expect(splitAtSplices(sentence)).toEqual([sentence]);
  });
});
