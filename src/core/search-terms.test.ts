import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexTerms, queryTerms } from './search-terms.ts';

const parts = (query: string) => queryTerms(query).map((term) => term.parts.join('+'));
const asked = (query: string) =>
  queryTerms(query)
    .filter((term) => !term.frame)
    .map((term) => term.parts.join('+'));

describe('what an utterance can be found by', () => {
  it('ignores case, width and accents', () => {
    expect(indexTerms('CAFÉ Ｑ３ naïve Übung').words).toEqual(['cafe', 'q3', 'naive', 'ubung']);
  });
  it('splits words at everything that is not a letter or digit', () => {
    expect(indexTerms("l'heure a/b-c_d x@y.z 3.5").words).toEqual([
      'l',
      'heure',
      'b',
      'c',
      'd',
      'x',
      'y',
      'z',
      '3',
      '5',
    ]);
  });
  it('sets apart the words that a stemmer would drop', () => {
    expect(indexTerms("Will didn't say it")).toEqual({
      words: ['didn', 'say'],
      common: ['will', 't', 'it'],
      grams: [],
    });
  });
  it('gives single characters and pairs for scripts without spaces', () => {
    expect(indexTerms('数据库 ok ひら').grams).toEqual(['数', '据', '库', '数据', '据库', 'ひ', 'ら', 'ひら']);
    expect(indexTerms('예산안').grams).toEqual(['예', '산', '안', '예산', '산안']);
  });
  it('does not pair characters across a gap', () => {
    expect(indexTerms('预算，审批').grams).not.toContain('算审');
  });
  it('keeps vowel signs of scripts that need them', () => {
    expect(indexTerms('बैठक में').words).toEqual(['बैठक', 'में']);
  });
  it('gives each term once', () => {
    expect(indexTerms('go go GO').words).toEqual(['go']);
  });
  it('keeps within what an index entry can hold', () => {
    const terms = indexTerms(`${'x'.repeat(5000)} ${Array.from({ length: 60_000 }, (_, n) => `w${n}`).join(' ')}`);
    expect(Math.max(...terms.words.map((word) => word.length))).toBeLessThanOrEqual(64);
    expect(terms.words.length).toBeLessThan(21_000);
  });
});

describe('what a query looks for', () => {
  it('drops common words, unless there is nothing else', () => {
    expect(parts('the budget of the Lisbon office')).toEqual(['budget', 'lisbon', 'office']);
    expect(parts('我们的预算')).toEqual(['预算']);
    expect(parts('の')).toEqual(['の']);
    expect(parts('to be or not to be')).toEqual(['to', 'be', 'or', 'not']);
  });
  it('tells what is asked about from how it is asked', () => {
    expect(asked('What did we decide about the shipment?')).toEqual(['shipment']);
    expect(asked('我们关于数据库迁移决定了什么？')).toEqual(['数据', '库', '迁移']);
    expect(asked('予算について何を決めましたか')).toEqual(['予算']);
  });
  it('asks about the frame when there is nothing else', () => {
    expect(asked('what did they decide?')).toEqual(['decide']);
  });
  it('cuts text without spaces into words of neighbouring pairs', () => {
    expect(parts('サーバーの移行')).toEqual(['サー+ーバ+バー', '移行']);
  });
  it('is empty for a query without letters or digits', () => {
    expect(queryTerms(' ?! 😀 \u0000 ')).toEqual([]);
  });
  it('finds every text by any of its own words', () => {
    assert(
      property(string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const { words, common, grams } = indexTerms(text);
        const known = new Set([...words, ...common, ...grams]);
        for (const term of queryTerms(text)) for (const part of term.parts) expect(known).toContain(part);
      }),
    );
  });
});
