/** The few moments worth hearing again: what was decided, said with emphasis, agreed at once, counted, or laughed about. */
import { cited } from '../../cite.ts';
import type { Cited } from '../../model.ts';
import { agrees } from './agreement.ts';
import { chooseLines } from './line-choice.ts';
import { isQuestion } from './question-form.ts';
import { pointOf } from './quoted.ts';
import type { Salience } from './salience.ts';
import type { Sentence } from './sentences.ts';

/** Whoever has less than two minutes to hear again needs no guide. */
const LEAST_WORDS = 200;
const FEWEST = 3;
const MOST = 7;
/** About a quarter of an hour of talk: a further moment for each. */
const WORDS_PER_MOMENT = 2500;
/** Moments closer than this share of their even distance are one moment. */
const LEAST_DISTANCE = 0.3;

const STRONG =
  /\b(?:never|always|absolutely|definitely|crucial|critical|essential|(?:most|very|really) important|(?:the )?(?:biggest|worst|best|key)|disaster|unacceptable|impossible|amazing|fantastic|love|hate|urgent|guarantee|no way|for sure|congratulations|breakthrough|worried|afraid|serious(?:ly)?)\b|!|绝对|必须|最重要|最大的|最好的|最关键|绝不|千万|不可能|非常重要|太好了|恭喜|突破|严重|紧急|一定要|！/iu;
const TURN =
  /\b(?:instead|however|on the other hand|change(?:d)? my mind|actually no|the (?:problem|trouble|thing|question) is|i disagree|not (?:sure|convinced)|turns? out|wait)\b|但是问题|相反|其实不|我不同意|转折|没想到|反过来|原来/iu;
const FIGURE =
  /\p{N}|\b(?:hundred|thousand|million|billion|percent|euros?|dollars?|pounds?|half|twice|double)\b|[一二三四五六七八九十百千万亿]+(?:个|倍|万|亿|%|年|月|块|元|美金)|百分之/iu;
const LAUGHTER = /[[{(<]\s*(?:laugh\w*|vocalsound|applause|笑声?|掌声)\s*[\]})>]|\b(?:haha)+\b|哈哈|笑/iu;

/** What makes a sentence a moment, in standard deviations of standing. */
function emphasis(sentence: Sentence, next: Sentence | undefined, settled: boolean): number {
  const { text } = sentence;
  return (
    (settled ? 3 : 0) +
    (STRONG.test(text) ? 0.7 : 0) +
    (TURN.test(text) ? 0.4 : 0) +
    (FIGURE.test(text) ? 0.4 : 0) +
    (next !== undefined && next.speakerKey !== sentence.speakerKey && agrees(next.text) ? 0.6 : 0) +
    (sentence.utterances.some((utterance) => LAUGHTER.test(utterance.text)) ? 0.4 : 0) +
    (isQuestion(sentence) ? -0.7 : 0)
  );
}

/** In the order said, none close to another; none at all in a recording too short to get lost in. `settled`: indices of sentences that decide something. */
export function findKeyMoments(salience: Salience, settled: ReadonlySet<number>): Cited[] {
  const { sentences } = salience;
  const words = sentences.reduce((sum, { length }) => sum + length, 0);
  const [first] = sentences;
  const last = sentences.at(-1);
  if (words < LEAST_WORDS || first === undefined || last === undefined) return [];
  const count = Math.min(MOST, FEWEST + Math.floor(words / WORDS_PER_MOMENT));
  const apartMs = (LEAST_DISTANCE * (last.endMs - first.startMs)) / count;
  const extra = new Map(
    sentences.map((sentence, at) => [
      sentence.index,
      emphasis(sentence, sentences[at + 1], settled.has(sentence.index)),
    ]),
  );
  const limits = { words: Number.POSITIVE_INFINITY, lines: count };
  const moments = chooseLines(salience, limits, {
    favour: (sentence) => extra.get(sentence.index) ?? 0,
    admits: ({ startMs }, chosen) => chosen.every((moment) => Math.abs(moment.startMs - startMs) >= apartMs),
  });
  return moments.toSorted((a, b) => a.index - b.index).map((moment) => cited(pointOf(moment), moment.utterances));
}
