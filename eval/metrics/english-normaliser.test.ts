import { describe, expect, test } from 'vitest';
import { americanSpelling } from './american-spelling.ts';
import { normaliseEnglish } from './english-normaliser.ts';

const normal = (text: string): string => normaliseEnglish(text).join(' ');

describe('the English normaliser', () => {
  test.each([
    ['seventeen billion', '17 billion'],
    ['over seventeen billion euros', 'over 17 billion Euros.'],
    ['seventeen billion euros', '€17 billion'],
    ['two thousand three hundred dollars', '$2,300'],
    ['twenty million dollars', '$20 million'],
    ['two dollars and seven cents', '$2.07'],
    ['nineteen eighty four', '1984'],
    ['twenty twenty-one', '2021'],
    ['two thousand and twenty one', '2021'],
    ['fourteen hundred and fifty', '1450'],
    ['nineteen oh five', '1905'],
    ['the nineteen sixties', 'the 1960s'],
    ['nineteen hundreds', '1900s'],
    ['forty-two line', '42 line'],
    ['March tenth', 'March 10th'],
    ['the twenty first of May', 'the 21st of May'],
    ['the twelfth and the hundredth', 'the 12th and the 100th'],
    ['three point one four', '3.14'],
    ['one and a half million', '1.5 million'],
    ['fifty percent, five per cent', '50% 5%'],
    ['double oh seven', '007'],
    ['one three two five', '1325'],
    ['minus five degrees', '-5 degrees'],
    ['one million two hundred thousand and six', '1,200,006'],
    ['number 1', 'number one'],
  ])('takes "%s" and "%s" for the same', (spoken, written) => {
    expect(normal(spoken)).toBe(normal(written));
  });

  test.each([
    ['one second', '12nd'],
    ['two hundred five six', '2056'],
    ['10 20', '1020'],
    ['five and six', '56'],
  ])('does not run "%s" together', (spoken, wrong) => {
    expect(normal(spoken)).not.toBe(wrong);
  });

  test('writes the forms that published figures were computed with', () => {
    expect(normal('It was seventeen billion dollars in nineteen eighty four.')).toBe('it was $17000000000 in 1984');
    expect(normal('Mr. Smith paid 2.5 %.')).toBe('mister smith paid 2.5%');
    expect(normal("won't can't isn't he's they'll I've I'm let's o'clock")).toBe(
      'will not can not is not he is they will i have i am let us oclock',
    );
  });

  test('drops fillers, punctuation, brackets and accents', () => {
    expect(normal('Um, the — uh — café [laughs] (inaudible) <noise>, Hmm: œuvre!')).toBe('the cafe oeuvre');
    expect(normal('the humble umbrella')).toBe('the humble umbrella');
  });

  test('knows a curly apostrophe and a stray one', () => {
    expect(normal('we’ll')).toBe('we will');
    expect(normal("we 'll go")).toBe('we will go');
    expect(normal("the birds' nests")).toBe('the birds nests');
  });

  test.each([
    ['colour', 'color'],
    ['favourites', 'favorites'],
    ['neighbourhood', 'neighborhood'],
    ['organisation', 'organization'],
    ['realised', 'realized'],
    ['analysing', 'analyzing'],
    ['travelled', 'traveled'],
    ['marvellous', 'marvelous'],
    ['kilometres', 'kilometers'],
    ['centred', 'centered'],
    ['catalogue', 'catalog'],
    ['defence', 'defense'],
    ['grey', 'gray'],
    ['fulfilment', 'fulfillment'],
    ['jewellery', 'jewelry'],
    ['anaesthetic', 'anesthetic'],
    ['programmes', 'programs'],
    ['splendours', 'splendors'],
  ])('spells %s as %s', (british, american) => {
    expect(americanSpelling(british)).toBe(american);
    expect(americanSpelling(american)).toBe(american);
  });

  test.each(['hour', 'four', 'tour', 'wise', 'promise', 'rise', 'acre', 'more', 'equally', 'totally', 'premise'])(
    'leaves %s alone',
    (word) => {
      expect(americanSpelling(word)).toBe(word);
    },
  );
});
