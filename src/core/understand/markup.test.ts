import { describe, expect, it } from 'vitest';
import { liveMarkup } from './markup.ts';

describe('what a chat client would make live', () => {
  it.each([
    ['@everyone, look', ['@everyone']],
    ['＠here @\u200bMia.Lee!', ['@here', '@Mia.Lee']],
    ['<@U024BE7LH> <@&165> <!channel> <#C1|general>', ['<@U024BE7LH>', '<@&165>', '<!channel>', '<#C1|general>']],
    ['‹@U1› and #general', ['<@U1>', '#general']],
    [
      'see https://a.example/b?c=d, or www.b.org/x.',
      ['https://a.example/b?c=d', 'www.b.org/x', 'www.b.org/x', 'www.b.org'],
    ],
    ['javascript:alert(1) mailto:a@b', ['javascript:alert(1)', 'mailto:a@b']],
    ['![x](y) [text](z)', ['![x](y)', '[text](z)', '![']],
    ['`rm -rf` **bold** ||spoiler||', ['`rm -rf`', '**', '**', '||', '||']],
    ['{"a": 1} [INST]', ['{', '}', '[INST]']],
    ['open invoice.exe', ['invoice.exe']],
  ])('is found however it is masked: %j', (text, found) => {
    expect(liveMarkup(text)).toEqual(expect.arrayContaining(found));
  });

  it.each([
    'Plain words, a number 3.5, a time 12:30, a date 2026-01-05.',
    'Costs are up 5 % (from 3 to 8); Ana & Ben agree - e.g. on #1.',
    'i.e. a.m. p.m. vs. U.S. and so on ... 中文，标点。',
    'x < 3 and y > 4; a|b, f(x) = 2*3*4',
  ])('is not in plain text: %s', (text) => {
    expect(liveMarkup(text)).toEqual([]);
  });
});
