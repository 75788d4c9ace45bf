/** What a question about meetings asks: its matter apart from the words of asking, who, when, and what kind of answer. */
import { isFunctionWord } from '../understand/extractive/stop-words.ts';
import { stem, tokenise } from '../understand/extractive/words.ts';
import type { Token } from '../understand/extractive/words.ts';
import { peopleNamed } from './named-people.ts';
import type { Naming } from './named-people.ts';
import { timeCueIn } from './time-cues.ts';
import type { Period } from './time-cues.ts';

/** What an answer must hold to be one. */
export type Wanted = 'number' | 'date' | 'person' | 'reason' | 'anything';

export interface QuestionTerm {
  /** As {@link passageTerms} gives it. */
  readonly term: string;
  /** 1: the matter itself. Less: the wider topic, or a word that may only carry the question. */
  readonly weight: number;
}

export interface Question {
  readonly text: string;
  /** The question without its frame, for embedding; the whole question when nothing else is left. */
  readonly topic: string;
  /** Each once, in order; empty when nothing but the meeting itself is asked about. */
  readonly terms: readonly QuestionTerm[];
  /** Whose words are asked for ("what did Mia say …"): display names. Empty: anybody's. */
  readonly speakers: ReadonlySet<string>;
  /** Display names of those it names besides ("… about Ben's plan"). */
  readonly mentioned: ReadonlySet<string>;
  /** Null: any time. */
  readonly period: Period | null;
  readonly wanted: Wanted;
  /** `decisions` and `actions` ask for those; `whole`: for the meeting as such. */
  readonly about: 'matter' | 'decisions' | 'actions' | 'whole';
  /**
   * How often something was said, or whether nobody said it: only who knows everything that was said can tell.
   * `existence` ("did anybody mention …") is answered by one quotation, but denied only by all.
   */
  readonly exhaustive: 'count' | 'absence' | 'existence' | null;
}

const ASKS_NUMBER =
  /\bhow (?:many|much|long|often|far|old|big|large|tall|high)\b|\bwhat (?:percentage|number|amount|share)\b|多少|几(?:个|位|名|家|次|天|人|台|块|元|万|周|个月|年)|多大|多久|多长/iu;
const ASKS_DATE =
  /\bwhen\b(?! (?:you|we|they|he|she|it|i|the \w+ (?:was|were)|\w+ing)\b)|\b(?:what|which) (?:[\w']+ ){0,5}?(?:date|day|time|month|year|deadline)\b|\bhow soon\b|什么时候|何时|几号|几月|哪天|哪一天|几点|哪年|哪个月/iu;
const ASKS_PERSON = /\bwho(?:se|m)?\b|\bwhich (?:person|one of)\b|谁|哪位/iu;
const ASKS_REASON =
  /^\s*(?:and |so |but )?why\b|\bwhat (?:was|is|were|are) the reasons?\b|\band why\b|为什么|为何|原因/iu;
const ASKS_DECISIONS =
  /\b(?:decid\w*|decision\w*|agreed?|agreement|conclu\w+|resol\w+|settle\w*)\b|决定|结论|定下来|共识/iu;
const ASKS_ACTIONS =
  /\b(?:action (?:item|point)s?|to-?dos?|tasks?|next steps?|follow[- ]?ups?|assigned|responsibilit\w+)\b|待办|行动项|任务|后续/iu;
const ASKS_WHOLE =
  /\b(?:summar\w+|overview|main points?|key points?|recap|gist|what (?:was|is|did|were) (?:\w+ )?(?:discuss\w*|talk\w*|said|happen\w*|about|meeting)|happened|take-?aways?|highlights?)\b|总结|概括|主要内容|说了什么|讲了什么|讨论了什么|要点/iu;

const TALK_VERB = String.raw`(?:mention\w*|sa(?:y|id)|talk\w*|discuss\w*|ask\w*|rais\w*|br(?:ing|ought)|come|came|object\w*|disagree\w*|complain\w*|suggest\w*|propos\w*|refer\w*|spoke|speak)`;
const ASKS_COUNT = new RegExp(
  String.raw`\bhow (?:many times|often)\b.*\b${TALK_VERB}\b|\bhow many (?:people|persons|of (?:us|them|you)|participants|speakers)\b.*\b${TALK_VERB}\b|(?:几次|多少次|多少遍|几遍).{0,12}(?:说|提|讲|问|讨论|谈)|(?:说|提|讲|问|讨论|谈).{0,6}(?:几次|多少次|多少遍|几遍)|多少人.{0,6}(?:说|提|讲|问|讨论|谈|反对)|\bhow many times\b|\bcount (?:the|how)\b`,
  'iu',
);
const ASKS_ABSENCE =
  /\b(?:did|has|have|was|were|is|does)(?:n't)? (?:nobody|no one|none|nothing|never)\b|\b(?:nobody|no one|never|not anyone|not anybody|not once)\b|\bwhat (?:was|did|were|has|have)(?:n't| not| nobody| no one)\b|\bwho (?:didn't|did not|never|hasn't)\b|谁都没|(?<!有)没有?人|从来没|从未|都没(?:有)?(?:人)?(?:说|提|讲|问|讨论|谈)|谁没/iu;
const ASKS_EXISTENCE =
  /^\s*(?:and |so |but )?(?:did|has|have|was|were) (?:anyone|anybody|somebody|someone|any of|anything|there any)\b|\bever (?:mention|say|said|discuss|talk|come|bring|raise)\w*|有没有(?:人|谁)?(?:说|提|讲|问|讨论|谈)|有人(?:说|提|讲|问|讨论|谈).*(?:吗|么|没有)|(?:提|说|讲|谈)(?:到|过|及).*(?:吗|么|没有)/iu;

/** From here on the question tells where in the meeting: "… when discussing the budget". */
const SETTING =
  /[,]?\s*\b(?:when|while) (?:(?:they|he|she|we|the \w+|\w+) (?:was|were|are|is) )?(?:\w+ ){0,1}?\w+ing\b(?: (?:about|on|over|of|through|to))?|[,]?\s*\bwhen it (?:came|comes) to\b|\b(?:in|during|from) (?:the |their )?(?:\w+ )?discussions?\b(?: (?:about|of|on))?|(?:在)?(?:讨论|谈到|谈|说到|聊到|讲到|提到|介绍)(?=.{1,20}(?:时|的时候|时候)[，,]?)/iu;

/** Words questions are framed with; stems. Content only when nothing else is asked. */
const FRAME: ReadonlySet<string> = new Set(
  tokenise(
    `discuss discussion mention talk say think opinion view describe explain summarize summarise summary meet meeting call
    conversation topic regard regarding concern concerning accord tell know happen reason detail decide decision agree
    agreement conclusion conclude answer question attitude idea suggest propose suggestion point speaker participant
    someone anyone anybody somebody nobody anything nothing never ever times team group groupmates member mates everyone response compare comparison purpose aspect
    particular final finally express emphasize comment introduce introduction debate controversy elaborate recommend
    recommendation believe feel find mind contribute talking perspective stance respond towards toward upon mainly
    disagree put forward raise ask eventually want please give list show remember brief briefly overall thought stand
    questioning viewpoint remark learn concluded eventually come people person according whether use using mr mrs ms hon dr different new`,
  ).map(({ norm }) => stem(norm)),
);
/** Cut out before words are told apart: the segmenter would join their characters with those beside them. */
const HAN_ASKING =
  /(?:是)?(?:怎么|如何)(?:看待|看|说|想|评价|回应|解释)|(?:说|讲|谈|聊|讨论|提|做|决定)(?:到|过)?了?些?什么|有(?:什么|哪些|何)(?:看法|意见|观点|想法|建议)?|(?:持|是)(?:什么|何种)(?:看法|意见|观点|态度)/gu;
const HAN_FRAME: ReadonlySet<string> = new Set(
  `讨论 提到 谈到 认为 觉得 会议 内容 决定 结论 时候 什么 多少 为什么 为何 如何 怎么 怎样 怎么样 哪些 关于 看法 观点 意见 主要 介绍 总结 概括
  说明 解释 说了 说过 有没 没有 是否 哪里 几号 何时 哪天 提出 表示 请问 谁 说 讲 谈 提 到 过 了 吗 呢 最后 开始 一开始 告诉 知道 大家 问题 回答 都没 没人 没有人 有人 人 几次 多少次 有没有`.split(
    /\s+/u,
  ),
);
/** What asks for a day or a number is no word of the answer. */
const ASKED_KINDS: ReadonlySet<string> = new Set(
  tokenise('date when time day deadline number amount many much long often action item task todo assign').map(
    ({ norm }) => stem(norm),
  ),
);

/** A word that may frame the question, standing where the matter stands. */
const DOUBTFUL_WEIGHT = 0.3;
/** The wider topic: less than the matter, but where the matter's words fail it finds the place. */
const SETTING_WEIGHT = 0.5;
/** Pairs of words side by side tell more than either; they are rarer, so their rarity already counts. */
const PAIR_WEIGHT = 0.5;

/** Terms of a text that questions are compared by: stems, neighbouring pairs of characters where there are no spaces. */
export function passageTerms(tokens: readonly Token[]): string[] {
  return tokens.flatMap(termsOf);
}

function termsOf(token: Token): readonly string[] {
  if (isFunctionWord(token.norm)) return [];
  if (token.kind !== 'joined') {
    // "long-term" is found by "long term" too.
    const parts = token.norm.split('-').filter((part) => part !== '' && !isFunctionWord(part));
    return parts.map(stem);
  }
  const characters = Array.from(token.norm);
  if (characters.length <= 2) return [token.norm];
  return characters.slice(1).map((character, at) => `${characters[at] ?? ''}${character}`);
}

const LEADS_TO_MATTER = /^(?:about|on|over|towards?|regarding|concerning|upon|of)$/u;

/** Where the matter begins: at the first word that is none of asking, or behind "about" and its like. Offset in the question. */
function frameEnd(tokens: readonly Token[]): number {
  let asked = false;
  for (const token of tokens) {
    const isFrame = isFrameWord(token);
    if (asked && LEADS_TO_MATTER.test(token.norm)) return token.end;
    if (!isFrame && !isFunctionWord(token.norm)) return token.start;
    asked = isFrame && stem(token.norm) !== 'summariz' && stem(token.norm) !== 'summaris';
  }
  return Infinity;
}

function isFrameWord(token: Token): boolean {
  if (token.kind === 'joined') return HAN_FRAME.has(token.norm);
  const stemmed = stem(token.norm);
  return FRAME.has(stemmed) || ASKED_KINDS.has(stemmed);
}

function wantedBy(text: string): Wanted {
  if (ASKS_NUMBER.test(text)) return 'number';
  if (ASKS_DATE.test(text)) return 'date';
  if (ASKS_PERSON.test(text)) return 'person';
  return ASKS_REASON.test(text) ? 'reason' : 'anything';
}

function exhaustiveness(text: string): Question['exhaustive'] {
  if (ASKS_COUNT.test(text)) return 'count';
  if (ASKS_ABSENCE.test(text)) return 'absence';
  return ASKS_EXISTENCE.test(text) ? 'existence' : null;
}

interface Weighed extends QuestionTerm {
  readonly token: Token;
}

function weighed(token: Token, at: { readonly framed: boolean; readonly setting: boolean }): readonly Weighed[] {
  const isFrame = isFrameWord(token);
  if (isFrame && (at.framed || token.kind === 'joined')) return [];
  const weight = (isFrame ? DOUBTFUL_WEIGHT : 1) * (at.setting ? SETTING_WEIGHT : 1);
  return termsOf(token).map((term) => ({ term, weight, token }));
}

/** The heaviest of each term; bigrams of words that stand side by side, marked by the space within. */
function merged(terms: readonly Weighed[]): readonly QuestionTerm[] {
  const heaviest = new Map<string, number>();
  for (const { term, weight } of terms) heaviest.set(term, Math.max(weight, heaviest.get(term) ?? 0));
  for (const [at, { term, weight, token }] of terms.entries()) {
    const before = terms[at - 1];
    if (before === undefined || token.kind === 'joined' || token.start - before.token.end > 1) continue;
    heaviest.set(`${before.term} ${term}`, PAIR_WEIGHT * Math.min(weight, before.weight));
  }
  return [...heaviest].map(([term, weight]) => ({ term, weight }));
}

/** The text with spaces in place of what stands at the spans, so that the rest stays where it was. */
function blanked(text: string, spans: readonly { readonly start: number; readonly end: number }[]): string {
  return spans.reduce((left, { start, end }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end), text);
}

/** `speakers`: the display names of those who spoke in the meetings that are asked about; any order, repeats allowed. */
export function readQuestion(text: string, speakers: readonly string[]): Question {
  const namings = peopleNamed(text, speakers);
  const cue = timeCueIn(text);
  const setting = SETTING.exec(text);
  const settingAt = setting === null || setting.index === 0 ? text.length : setting.index;
  const settingMatter = setting === null ? text.length : setting.index + setting[0].length;
  const asking = Array.from(text.matchAll(HAN_ASKING), ({ index, 0: words }) => ({
    start: index,
    end: index + words.length,
  }));
  const tokens = tokenise(blanked(text, [...namings, ...asking, ...(cue === null ? [] : [cue])]));
  const matterAt = frameEnd(tokens);
  const left = tokens.filter((token) => token.start < settingAt || token.end > settingMatter);
  const terms = merged(
    left
      .filter((token, at) => !(isFrameWord(token) && LEADS_TO_MATTER.test(left[at + 1]?.norm ?? '')))
      .flatMap((token) => weighed(token, { framed: token.start < matterAt, setting: token.start >= settingAt })),
  );
  const isAsked = (naming: Naming): boolean => naming.start < Math.min(settingAt, matterAt);
  const asked = namings.filter(isAsked);
  const topic = left
    .filter((token) => token.start >= matterAt)
    .map((token) => token.text)
    .join(' ');
  return {
    text,
    topic: terms.length === 0 || topic === '' ? text : topic,
    terms,
    speakers: new Set(asked.flatMap((naming) => naming.speakers)),
    mentioned: new Set(namings.filter((naming) => !isAsked(naming)).flatMap((naming) => naming.speakers)),
    period: cue?.period ?? null,
    wanted: wantedBy(text.slice(0, settingAt)),
    about: ASKS_ACTIONS.test(text)
      ? 'actions'
      : ASKS_DECISIONS.test(text)
        ? 'decisions'
        : ASKS_WHOLE.test(text)
          ? 'whole'
          : 'matter',
    exhaustive: exhaustiveness(text),
  };
}
