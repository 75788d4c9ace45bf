import { describe, expect, test } from 'vitest';
import { countChineseEdits, normaliseChinese } from './chinese-normaliser.ts';
import { chineseReadings } from './chinese-numbers.ts';
import { errorRate } from './word-error-rate.ts';

describe('the Chinese normaliser', () => {
  test('compares simplified characters without width, punctuation, spaces or case', () => {
    expect(normaliseChinese('設定 ２９ 度，Loft！')).toBe('设定29度loft');
    expect(normaliseChinese('1,500.5 元。')).toBe('1500.5元');
  });

  test.each([
    ['29', '二十九'],
    ['10', '十'],
    ['105', '一百零五'],
    ['2300', '二千三百'],
    ['10020', '一万零二十'],
    ['120000000', '一亿二千万'],
    ['1.5', '一点五'],
    ['20%', '百分之二十'],
    ['0', '零'],
  ])('says %s as %s', (number, said) => {
    expect(chineseReadings(number)[0]).toBe(said);
  });

  test('knows that years and telephone numbers are said digit by digit', () => {
    expect(chineseReadings('2014')).toContain('二零一四');
    expect(errorRate(countChineseEdits('二零一四年年报', '2014年年報'))).toBe(0);
    expect(errorRate(countChineseEdits('三八九九四五二幺', '38994521'))).toBe(0);
  });

  test('takes digits and characters for the same whichever side they are on', () => {
    expect(errorRate(countChineseEdits('设定二十九度', '设定29度'))).toBe(0);
    expect(errorRate(countChineseEdits('设定29度', '设定二十九度'))).toBe(0);
    expect(errorRate(countChineseEdits('等两个人', '等2个人'))).toBe(0);
    expect(errorRate(countChineseEdits('共开盘二十个项目一点五倍', '共开盘20个项目1.5倍'))).toBe(0);
  });

  test('still counts a wrong number', () => {
    const counts = countChineseEdits('设定二十九度', '设定28度');
    expect(counts).toEqual({ hits: 5, substitutions: 1, deletions: 0, insertions: 0 });
    expect(errorRate(counts)).toBeCloseTo(1 / 6);
  });
});
