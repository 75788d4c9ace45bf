import { describe, expect, it } from 'vitest';
import { talk } from '../../../../test/contract/transcripts.ts';
import { findKeywords } from './keywords.ts';
import { sentencesOf } from './sentences.ts';

function keywords(...texts: string[]): string[] {
  return findKeywords(sentencesOf(talk(texts.map((text) => ['甲', text] as const)).utterances));
}

describe('Chinese keywords', () => {
  it('are not cut inside a word the segmenter does not know', () => {
    const found = keywords('您为什么研究长江江豚？', '我在武汉第一次看到江豚。');
    expect(found.join(' ')).toContain('江豚');
    expect(found.filter((word) => word.endsWith('长江江'))).toEqual([]);
  });

  it('neither begin nor end with function words, pronouns or verbs of saying, and are short', () => {
    const found = keywords('我也是刚才提到它的安全性。', '公链的安全性也是我提到的瓶颈，或者是能够解决的瓶颈。');
    expect(found).toEqual(expect.arrayContaining(['安全性', '瓶颈']));
    for (const word of found) {
      expect(word).not.toMatch(/^(?:我|它|也是|或者是|能够|提到)|(?:的|的是|提到)$/u);
      expect(Array.from(word).length).toBeLessThanOrEqual(6);
    }
  });
});
