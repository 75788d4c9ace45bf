/** Questions after one fact: the sentence that holds it, quoted. */
import type { Question } from '../../../retrieval/question.ts';
import { speakerName } from '../../../speaker.ts';
import { factKinds, givenIn, groundsOf } from '../../facts.ts';
import { findActions } from '../actions.ts';
import { isBackchannel, leavesOpen } from '../agreement.ts';
import { findDecisions } from '../decisions.ts';
import { dueIn } from '../due.ts';
import type { Participants } from '../participants.ts';
import { isQuestion } from '../question-form.ts';
import type { Sentence } from '../sentences.ts';
import { announcesTopic } from '../topic-shifts.ts';
import { likeness, salience, weightsOf } from '../weights.ts';
import { contentTerms, questionTerms, stem, tokenise } from '../words.ts';
import type { Stretch } from './reading.ts';
import type { Told } from './weighed.ts';

const ASKS_NUMBER =
  /\bhow (?:many|much|long|often|far|old|big|large|tall|high)\b|\bwhat (?:percentage|number|amount|share)\b|多少|几(?:个|位|名|家|次|天|人|台|块|元|万)|多大|多久|多长/iu;
const ASKS_DATE =
  /\bwhen\b(?! (?:you|we|they|he|she|it|i)\b)|\b(?:what|which) (?:[\w']+ ){0,5}?(?:date|day|time|month|year|deadline)\b|\bhow soon\b|什么时候|何时|几号|几月|哪天|哪一天|几点/iu;
const ASKS_PERSON = /\bwho(?:se|m)?\b|\bwhich (?:person|one of)\b|谁|哪位/iu;

/** Words of asking, not of the matter asked about. Stems. */
const FRAME: ReadonlySet<string> = new Set(
  `discuss discussion mention talk say think opinion view describ explain summariz summaris summary meet call conversation
  topic regard regarding concern accord tell know happen reason detail decid decision agree agreement conclusion conclud
  answer question attitud idea suggest propos suggestion point speaker participant they someone anyone anybody whom whos
  group team member everyone response compar comparison purpos aspect current potential specific certain general overall
  relat involv includ particular main final express emphasiz comment introduc introduction present presentation
  date when time day deadline number amount many much long often action item task todo assign
  讨论 提到 谈到 认为 觉得 会议 内容 决定 结论 时候 什么 多少 为什么 如何 怎么 怎样 哪些 关于 看法 观点 意见 主要 介绍 总结 概括 说明 解释
  说了 说过 有没 没有 是否 哪里 几号 何时 哪天 几个 几位 几名 几家 几天 几人 几台 多久 多长 多大`.split(/\s+/u),
);

/** Share of the question's weight that must be spoken of, near the answer. Below it the evidence is about something else. */
const SUPPORT = 0.55;
/** Questions of many words are rarely answered in the same ones. */
const SUPPORT_LONG = 0.42;
const LONG_QUESTION_TERMS = 5;
/** What stands beside a sentence counts for its topic, but less than its own words. */
const CONTEXT_SHARE = 0.5;
const NEIGHBOURS = 2;
const MOST_CLAIMS = 5;
/** A further claim must come this close to the best. */
const CLOSE = 0.72;
const REPEATS = 0.6;

const ASKS_MONEY = /\b(?:price|cost|costs|fee|salary|budget|revenue|how expensive)\b|价格|费用|成本|预算|多少钱|售价/iu;
const MONEY =
  /[$€£¥]\s*\d|\b(?:dollars?|euros?|pounds?|cents?|usd|eur|percent|thousand|million|free)\b|\d\s*[%万元块]|[一二三四五六七八九十百千万两]+(?:块|元|美元|欧元)|免费/iu;
/** Tells of a matter to come, or of a case that is none yet. */
const CONDITIONAL =
  /^(?:(?:so|and|but|well|then)[,]? )*(?:if|unless|suppose|imagine|when(?:ever)?)\b|^(?:那|所以|但是)?(?:如果|假如|要是)/iu;

/** What was decided answers best; a mere condition, or the announcement of a topic, says little. */
const DECIDED_FACTOR = 1.45;
const CONDITIONAL_FACTOR = 0.6;
const ANNOUNCEMENT_FACTOR = 0.45;
/** A question about money is rarely answered without any; a sentence that has some is no longer a guess. */
const WITHOUT_MONEY_FACTOR = 0.6;

/** Nearer than this in meaning, a sentence of the wanted kind answers even in other words. */
const NEAR_IN_MEANING = 0.5;

type Wanted = 'number' | 'date' | 'person' | 'anything';

interface Ask {
  readonly asksMoney: boolean;
  readonly terms: readonly string[];
  readonly wanted: Wanted;
  readonly askedSpeakers: ReadonlySet<string>;
}

interface Candidate extends Told {
  readonly support: number;
  readonly score: number;
}

function wantedBy(question: string): Wanted {
  if (ASKS_NUMBER.test(question)) return 'number';
  if (ASKS_DATE.test(question)) return 'date';
  return ASKS_PERSON.test(question) ? 'person' : 'anything';
}

function satisfies(sentence: Sentence, wanted: Wanted, participants: Participants): boolean {
  const { text, tokens } = sentence;
  if (wanted === 'anything') return true;
  if (wanted === 'number') return factKinds(text).number;
  if (wanted === 'date') return factKinds(text).date || dueIn(text) !== null;
  const self = /\b(?:i|i'll|i'm|i've|i'd|me|my)\b|我/iu.test(text) && participants.ownName(sentence.speaker) !== null;
  return self || factKinds(text).name || tokens.some(({ norm }) => participants.called(norm) !== null);
}

/** The question's own matter: its terms without the words of asking and without the people it asks about. */
function analyse(question: string, stretches: readonly Stretch[]): Ask {
  const tokens = tokenise(question);
  const askedSpeakers = new Set<string>();
  for (const { participants } of stretches) {
    for (const { norm } of tokens) {
      const name = participants.called(norm.replace(/'s$/u, ''));
      if (name !== null) askedSpeakers.add(name);
    }
  }
  const nameWords = new Set([...askedSpeakers].flatMap((name) => tokenise(name).map(({ norm }) => stem(norm))));
  const relevant = (terms: readonly string[]): string[] =>
    [...new Set(terms)].filter((term) => !FRAME.has(term) && !nameWords.has(term));
  const content = relevant(contentTerms(tokens));
  return {
    terms: content.length > 0 ? content : relevant(questionTerms(tokens)),
    wanted: wantedBy(question),
    asksMoney: ASKS_MONEY.test(question) && !ASKS_DATE.test(question) && !ASKS_PERSON.test(question),
    askedSpeakers,
  };
}

/** Names so short are mostly spoken as letters. */
const MOST_SPELLED_LETTERS = 4;

/** "LCD" is written "L C D", "L.C.D." or "L_C_D_" where it is spelled out. */
function isSpelled(name: string, said: string): boolean {
  const letters = Array.from(name);
  if (letters.length > MOST_SPELLED_LETTERS || letters.some((letter) => !/[\p{L}\p{N}]/u.test(letter))) return false;
  return new RegExp(String.raw`(?<!\p{L})${letters.join(String.raw`[\s_.\-]*`)}(?!\p{L})`, 'iu').test(said);
}

/** Whether everything the question takes for granted, its names, numbers and dates, occurs in the evidence at all. */
export function premisesHold(question: string, stretches: readonly Stretch[]): boolean {
  const texts = stretches.flatMap(({ transcript }) => transcript.utterances.map(({ text }) => text));
  const names = stretches.flatMap(({ transcript, participants }) =>
    transcript.utterances.flatMap(({ speaker }) => participants.ownName(speaker) ?? []),
  );
  const said = texts.join('\n');
  const grounds = groundsOf([said], [...new Set(names)]);
  const given = givenIn(question);
  const isSaid = (name: string): boolean => grounds.words.has(name) || grounds.words.has(stem(name));
  return (
    given.names.every((name) => isSaid(name) || name.split('-').every(isSaid) || isSpelled(name, said)) &&
    [...given.numbers].every((number) => grounds.numbers.has(number)) &&
    [...given.dates].every((date) => grounds.dates.has(date))
  );
}

function candidatesIn(stretch: Stretch, ask: Ask, weight: (term: string) => number): Candidate[] {
  const { sentences, participants } = stretch;
  const total = ask.terms.reduce((sum, term) => sum + weight(term), 0);
  const owns = sentences.map(({ tokens }) => new Set(questionTerms(tokens)));
  const decided = new Set(findDecisions(sentences).map(({ sentence }) => sentence.index));
  return sentences.flatMap((sentence, at) => {
    if (isBackchannel(sentence.text) || isQuestion(sentence) || !satisfies(sentence, ask.wanted, participants))
      return [];
    const own = owns[at] ?? new Set<string>();
    const near = owns.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1);
    // What was asked just before is what this answers.
    const before = sentences[at - 1];
    const replied =
      before !== undefined && before.turn !== sentence.turn && isQuestion(before)
        ? (owns[at - 1] ?? new Set())
        : new Set<string>();
    let support = 0;
    let score = 0;
    let ownHits = 0;
    for (const term of ask.terms) {
      const mine = own.has(term);
      const beside = mine || near.some((terms) => terms.has(term));
      if (mine) ownHits++;
      if (beside) support += weight(term);
      score += weight(term) * (mine ? 1 : replied.has(term) ? 0.8 : beside ? CONTEXT_SHARE : 0);
    }
    const like = stretch.likeness?.[at] ?? 0;
    const isNear = ask.wanted !== 'anything' && like >= NEAR_IN_MEANING;
    if (total <= 0 || (ownHits === 0 && replied.size === 0 && !isNear)) return [];
    let rank = (score / total) * (1 + Math.max(0, like));
    const speaker = participants.ownName(sentence.speaker);
    if (ask.askedSpeakers.size > 0) rank *= speaker !== null && ask.askedSpeakers.has(speaker) ? 1.35 : 0.9;
    if (sentence.terms.length < 2) rank *= 0.7;
    if (leavesOpen(sentence.text)) rank *= 0.8;
    if (decided.has(sentence.index) && ownHits > 0) rank *= DECIDED_FACTOR;
    else if (CONDITIONAL.test(sentence.text)) rank *= CONDITIONAL_FACTOR;
    if (announcesTopic(sentence.text)) rank *= ANNOUNCEMENT_FACTOR;
    if (ask.asksMoney && !MONEY.test(sentence.text)) rank *= WITHOUT_MONEY_FACTOR;
    return [{ stretch, sentence, support: isNear ? 1 : support / total, score: rank }];
  });
}

function best(candidates: readonly Candidate[]): Candidate[] {
  const ranked = [...candidates].toSorted((a, b) => b.score - a.score || a.sentence.startMs - b.sentence.startMs);
  const top = ranked[0]?.score ?? 0;
  const chosen: Candidate[] = [];
  for (const candidate of ranked) {
    if (chosen.length >= MOST_CLAIMS || candidate.score < top * CLOSE) break;
    const repeats = chosen.some(({ sentence }) => likeness(sentence.terms, candidate.sentence.terms) >= REPEATS);
    if (!repeats) chosen.push(candidate);
  }
  return chosen;
}

/** Questions about the meeting itself ("what was decided?") name no matter; they are answered by its parts. */
function overall(about: Question['about'], stretches: readonly Stretch[]): Candidate[] {
  const all = (stretch: Stretch): readonly Sentence[] => {
    if (about === 'actions')
      return findActions(stretch.sentences, stretch.participants).map(({ sentence }) => sentence);
    if (about === 'decisions') return findDecisions(stretch.sentences).map(({ sentence }) => sentence);
    return stretch.sentences;
  };
  return stretches.flatMap((stretch) => {
    const scores = salience(stretch.sentences, weightsOf(stretch.sentences));
    return all(stretch).map((sentence) => ({
      stretch,
      sentence,
      support: 1,
      score: scores[sentence.index] ?? 0,
    }));
  });
}

/** Whether anything but the meeting itself is asked about. */
export function hasMatter(question: string, stretches: readonly Stretch[]): boolean {
  return analyse(question, stretches).terms.length > 0;
}

/** Best first; empty when nobody said so. */
export function factAnswers(question: string, stretches: readonly Stretch[]): readonly Told[] {
  const ask = analyse(question, stretches);
  const weights = weightsOf(stretches.flatMap(({ sentences }) => sentences));
  // A word that nobody said weighs as much as the rarest: it is what the question is about.
  const rarest = Math.max(1, ...ask.terms.map((term) => weights.idf(term)));
  const weight = (term: string): number => weights.idf(term) || rarest;
  const needed = ask.terms.length >= LONG_QUESTION_TERMS ? SUPPORT_LONG : SUPPORT;
  const candidates = stretches.flatMap((stretch) => candidatesIn(stretch, ask, weight));
  return best(candidates.filter(({ support }) => support >= needed));
}

/** What stands for the meeting as such: its decisions, its actions, or what says most about it. Best first. */
export function wholeAnswers({ about, speakers }: Question, stretches: readonly Stretch[]): readonly Told[] {
  return overall(about, stretches)
    .filter(({ score, sentence }) => score > 0 && (speakers.size === 0 || speakers.has(speakerName(sentence.speaker))))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST_CLAIMS);
}
