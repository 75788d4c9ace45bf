/** What tells a sentence that stands for a stretch of talk from one that does not. No word of any subject is known here. */
import { isBackchannel } from './agreement.ts';
import { isQuestion } from './question-form.ts';
import type { Sentence } from './sentences.ts';
import type { Weights } from './weights.ts';

const CUES =
  /\b(?:important|main(?:ly)?|the (?:key|point|problem|issue|reason|goal|aim|target|plan|result|cause|total|budget|deadline|conclusion)|conclu\w+|in summary|to sum(?:marise|marize)? up|therefore|recommend\w*|propos\w+|suggest\w*|result(?:s|ed)?|because of|caused? by|which means)\b|重要|关键|主要|核心|总结|总的来说|结论|因此|所以说|目标|问题是|原因|建议|本质|意味着|也就是说/iu;
const MUST = /\bwe (?:need to|have to|should|must)\b|必须|应该|需要|一定要/iu;
const SETTLES =
  /\b(?:decid\w+|agree\w*|settle\w*|go(?:ing)? (?:with|for)|instead of)\b|决定|同意|确定|就这么|定下来|达成/iu;
const AHEAD =
  /\b(?:we'll|we will|going to|gonna|let's|today|next|first(?:ly)?|finally|last)\b|接下来|今天|首先|最后|未来|下一步|将会/iu;
const HEDGED = /\b(?:think|guess|maybe|probably|might|perhaps)\b|可能|也许|大概|好像|觉得/iu;
const ASIDE =
  /^(?:thank|thanks|hello|hi|good (?:morning|afternoon|evening)|welcome|bye|sorry|excuse|大家好|谢谢|感谢|欢迎|各位)|\b(?:can you hear|thank you|my name is|next slide|share my screen)\b|听得到|我是|我叫/iu;
/** Opens by pointing at something said before: unclear when quoted alone. */
const POINTS_BACK =
  /^(?:(?:and|but|so|because|or|then|yeah|well)[,]?\s+)*(?:it|that|this|they|he|she|those|these)\b|^(?:那|这个|这|它|他|她|所以|但是|而且|因为)/iu;
/** Ends where more should follow. */
const DANGLES =
  /\b(?:the|an?|of|to|and|or|but|so|like|because|that|which|with|for|in|on|at|is|are|was|it's|if|as|you know|by|from|into|about|my|your|our|their|i|we|they|he|she|than)[\s.,?!]*$|(?:的|就是|然后|因为|所以|和|那个|这个|把|被|是)[，。,.]?$/iu;
const FINITE =
  /\b(?:is|are|was|were|am|be|has|have|had|do|does|did|will|would|can|could|should|must|may|might|needs?|wants?|\w+'(?:s|re|ve|ll|d|m)|\w{3,}ed|get|got|use|made?|makes|go(?:es)?|went|think|know|said|says)\b|\p{Script=Han}/iu;
const NUMBER =
  /\p{N}|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|fifty|hundred|thousand|million|percent)\b|[二三四五六七八九十百千万亿][个十百千万亿年月]/iu;
const OPENER = /^(?:okay|ok|so|now|right|well|alright|好|那么|然后|那)(?![\p{Ll}])/iu;

const SPEAKER_WORDS: ReadonlySet<string> = new Set(['i', 'my', 'me', "i'm", "i've", "i'd", "i'll", '我', '我的']);
const LISTENER_WORDS: ReadonlySet<string> = new Set(['you', 'your', "you're", "you've", "you'll", '你', '您', '你们']);
const GROUP_WORDS: ReadonlySet<string> = new Set(['we', 'our', 'us', "we're", "we've", "we'll", '我们', '咱们']);
const NAMING_WORDS: ReadonlySet<string> = new Set(['the', 'a', 'an', 'of', '的', '是']);
const POINTING_WORDS: ReadonlySet<string> = new Set([
  'it',
  'that',
  'this',
  "it's",
  "that's",
  '这',
  '那',
  '这个',
  '那个',
  '它',
]);
const JOINING_WORDS: ReadonlySet<string> = new Set(['and', 'but', 'so', 'or', '然后', '但是', '所以', '而且']);
const RELATING_WORDS: ReadonlySet<string> = new Set([
  'to',
  'for',
  'in',
  'on',
  'with',
  'by',
  'from',
  '在',
  '对',
  '从',
  '为',
  '把',
  '通过',
]);
const WORD_GROUPS = [
  SPEAKER_WORDS,
  LISTENER_WORDS,
  GROUP_WORDS,
  NAMING_WORDS,
  POINTING_WORDS,
  JOINING_WORDS,
  RELATING_WORDS,
];

export const SENTENCE_FEATURES = [
  'place',
  'place squared',
  'opening',
  'closing',
  'length',
  'long',
  'recurring terms',
  'terms of its surroundings',
  'share of content',
  'question',
  'cue',
  'must',
  'settles',
  'looks ahead',
  'hedged',
  'aside',
  'points back',
  'dangles',
  'has a verb',
  'number',
  'name',
  'opener',
  'small beginning',
  'speaker share',
  'ends its turn',
  'next is assent',
  'answers',
  'speaker words',
  'listener words',
  'group words',
  'naming words',
  'pointing words',
  'joining words',
  'relating words',
] as const;
/** Sentences to either side that count as a sentence's surroundings: about two minutes of talk. */
const SURROUNDINGS = 15;
const OPENING = 0.03;
const CLOSING = 0.95;
const LONG_WORDS = 25;
/** A term said more often than this nearby is no closer to the matter for it. */
const MOST_NEARBY = 3;

const flag = (value: boolean): number => (value ? 1 : 0);

/** For each sentence the sum over its terms of how often they are said nearby, each by its rarity. */
function nearbyMass(sentences: readonly Sentence[], weights: Weights): number[] {
  const nearby = new Map<string, number>();
  const count = (sentence: Sentence | undefined, by: number): void => {
    for (const term of sentence?.terms ?? []) nearby.set(term, (nearby.get(term) ?? 0) + by);
  };
  for (let at = 0; at < SURROUNDINGS; at++) count(sentences[at], 1);
  return sentences.map((sentence, at) => {
    count(sentences[at + SURROUNDINGS], 1);
    count(sentences[at - SURROUNDINGS - 1], -1);
    count(sentence, -1);
    let mass = 0;
    for (const term of new Set(sentence.terms))
      mass += Math.min(MOST_NEARBY, nearby.get(term) ?? 0) * weights.idf(term);
    count(sentence, 1);
    return mass;
  });
}

/**
 * Feature values of each sentence, in the order of {@link SENTENCE_FEATURES}. `about`: the stretch, in order; places and
 * shares are within it. `weights`: of the whole meeting.
 */
export function sentenceFeatures(about: readonly Sentence[], weights: Weights): number[][] {
  const words = Math.max(
    1,
    about.reduce((sum, sentence) => sum + sentence.length, 0),
  );
  const spoken = new Map<string, number>();
  const saidIn = new Map<string, number>();
  for (const sentence of about) {
    spoken.set(sentence.speakerKey, (spoken.get(sentence.speakerKey) ?? 0) + sentence.length / words);
    for (const term of new Set(sentence.terms)) saidIn.set(term, (saidIn.get(term) ?? 0) + 1);
  }
  const near = nearbyMass(about, weights);
  return about.map((sentence, at) => {
    const { text, tokens } = sentence;
    const place = at / about.length;
    const terms = new Set(sentence.terms);
    const root = Math.sqrt(Math.max(1, sentence.length));
    let recurring = 0;
    for (const term of terms) recurring += Math.log(saidIn.get(term) ?? 1);
    const next = about[at + 1];
    const before = about[at - 1];
    const count = Math.max(1, tokens.length);
    return [
      place,
      place * place,
      flag(place < OPENING),
      flag(place > CLOSING),
      Math.log(Math.max(1, sentence.length)),
      flag(sentence.length > LONG_WORDS),
      recurring / root,
      (near[at] ?? 0) / root,
      terms.size / count,
      flag(isQuestion(sentence)),
      flag(CUES.test(text)),
      flag(MUST.test(text)),
      flag(SETTLES.test(text)),
      flag(AHEAD.test(text)),
      flag(HEDGED.test(text)),
      flag(ASIDE.test(text)),
      flag(POINTS_BACK.test(text)),
      flag(DANGLES.test(text)),
      flag(FINITE.test(text)),
      flag(NUMBER.test(text)),
      flag(
        tokens.some((token, position) => position > 0 && /^\p{Lu}/u.test(token.text) && !/^i(?:'|$)/u.test(token.norm)),
      ),
      flag(OPENER.test(text)),
      flag(sentence.spliced || /^\p{Ll}/u.test(text)),
      spoken.get(sentence.speakerKey) ?? 0,
      flag(next === undefined || next.speakerKey !== sentence.speakerKey),
      flag(next !== undefined && isBackchannel(next.text)),
      flag(before !== undefined && isQuestion(before)),
      ...WORD_GROUPS.map((group) => tokens.filter(({ norm }) => group.has(norm)).length / count),
    ];
  });
}
