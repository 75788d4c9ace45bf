/** Answers from passages: the sentences that answer, quoted; or that it was not said. */
import { cited } from '../../cite.ts';
import type { Answer, AnswerClaim, MeetingId, Provenance, Transcript } from '../../model.ts';
import { factKinds, givenIn, groundsOf } from '../facts.ts';
import { findActions } from './actions.ts';
import { isBackchannel, leavesOpen } from './agreement.ts';
import { findDecisions } from './decisions.ts';
import { dueIn } from './due.ts';
import { participantsOf } from './participants.ts';
import type { Participants } from './participants.ts';
import { isQuestion } from './question-form.ts';
import { alone } from './quoted.ts';
import { sentencesOf } from './sentences.ts';
import type { Sentence } from './sentences.ts';
import { announcesTopic } from './topic-shifts.ts';
import { contentTerms, questionTerms, stem, tokenise } from './words.ts';
import { likeness, salience, weightsOf } from './weights.ts';

type Wanted = 'number' | 'date' | 'person' | 'anything';

const ASKS_NUMBER =
  /\bhow (?:many|much|long|often|far|old|big|large|tall|high)\b|\bwhat (?:percentage|number|amount|share)\b|多少|几(?:个|位|名|家|次|天|人|台|块|元|万)|多大|多久|多长/iu;
const ASKS_DATE =
  /\bwhen\b(?! (?:you|we|they|he|she|it|i)\b)|\b(?:what|which) (?:[\w']+ ){0,5}?(?:date|day|time|month|year|deadline)\b|\bhow soon\b|什么时候|何时|几号|几月|哪天|哪一天|几点/iu;
const ASKS_PERSON = /\bwho(?:se|m)?\b|\bwhich (?:person|one of)\b|谁|哪位/iu;
const ASKS_DECISIONS =
  /\b(?:decid\w*|decision\w*|agreed?|agreement|conclu\w+|resol\w+|settle\w*)\b|决定|结论|定下来|共识/iu;
const ASKS_ACTIONS =
  /\b(?:action (?:item|point)s?|to-?dos?|tasks?|next steps?|follow[- ]?ups?|assigned|responsibilit\w+)\b|待办|行动项|任务|后续/iu;

/** Words of asking, not of the matter asked about. Stems. */
const FRAME: ReadonlySet<string> = new Set(
  `discuss discussion mention talk say think opinion view describ explain summariz summaris summary meet call conversation
  topic regard regarding concern accord tell know happen reason detail decid decision agree agreement conclusion conclud
  answer question attitud idea suggest propos suggestion point speaker participant they someone anyone anybody whom whos
  group team member everyone response compar comparison purpos aspect current potential specific certain general overall
  relat involv includ particular main final express emphasiz comment introduc introduction present presentation
  date when time day deadline number amount many much long often action item task todo assign
  讨论 提到 谈到 认为 觉得 会议 内容 决定 结论 时候 什么 多少 为什么 如何 怎么 怎样 哪些 关于 看法 观点 意见 主要 介绍 总结 概括 说明 解释
  说了 说过 有没 没有 是否 哪里 几号 何时 哪天`.split(/\s+/u),
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

interface Ask {
  readonly asksMoney: boolean;
  readonly terms: readonly string[];
  readonly wanted: Wanted;
  readonly askedSpeakers: ReadonlySet<string>;
}

interface Candidate {
  readonly meetingId: MeetingId;
  readonly sentence: Sentence;
  readonly support: number;
  readonly score: number;
}

interface Passage {
  readonly transcript: Transcript;
  readonly sentences: readonly Sentence[];
  readonly participants: Participants;
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
function analyse(question: string, passages: readonly Passage[]): Ask {
  const tokens = tokenise(question);
  const askedSpeakers = new Set<string>();
  for (const { participants } of passages) {
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

/** Whether everything the question takes for granted, its names, numbers and dates, occurs in the evidence at all. */
function premisesHold(question: string, passages: readonly Passage[]): boolean {
  const texts = passages.flatMap(({ transcript }) => transcript.utterances.map(({ text }) => text));
  const names = passages.flatMap(({ transcript, participants }) =>
    transcript.utterances.flatMap(({ speaker }) => participants.ownName(speaker) ?? []),
  );
  const grounds = groundsOf([texts.join('\n')], [...new Set(names)]);
  const given = givenIn(question);
  return (
    given.names.every((name) => grounds.words.has(name) || grounds.words.has(stem(name))) &&
    [...given.numbers].every((number) => grounds.numbers.has(number)) &&
    [...given.dates].every((date) => grounds.dates.has(date))
  );
}

function candidatesIn(passage: Passage, ask: Ask, weight: (term: string) => number): Candidate[] {
  const { sentences, participants, transcript } = passage;
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
    if (total <= 0 || (ownHits === 0 && replied.size === 0)) return [];
    let rank = score / total;
    const speaker = participants.ownName(sentence.speaker);
    if (ask.askedSpeakers.size > 0) rank *= speaker !== null && ask.askedSpeakers.has(speaker) ? 1.35 : 0.9;
    if (sentence.terms.length < 2) rank *= 0.7;
    if (leavesOpen(sentence.text)) rank *= 0.8;
    if (decided.has(sentence.index) && ownHits > 0) rank *= DECIDED_FACTOR;
    else if (CONDITIONAL.test(sentence.text)) rank *= CONDITIONAL_FACTOR;
    if (announcesTopic(sentence.text)) rank *= ANNOUNCEMENT_FACTOR;
    if (ask.asksMoney && !MONEY.test(sentence.text)) rank *= WITHOUT_MONEY_FACTOR;
    return [{ meetingId: transcript.meetingId, sentence, support: support / total, score: rank }];
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
function overall(question: string, passages: readonly Passage[]): Candidate[] {
  const all = (passage: Passage): readonly Sentence[] => {
    if (ASKS_ACTIONS.test(question))
      return findActions(passage.sentences, passage.participants).map(({ sentence }) => sentence);
    if (ASKS_DECISIONS.test(question)) return findDecisions(passage.sentences).map(({ sentence }) => sentence);
    return passage.sentences;
  };
  return passages.flatMap((passage) => {
    const scores = salience(passage.sentences, weightsOf(passage.sentences));
    return all(passage).map((sentence) => ({
      meetingId: passage.transcript.meetingId,
      sentence,
      support: 1,
      score: scores[sentence.index] ?? 0,
    }));
  });
}

const ABOUT_THE_WHOLE =
  /\b(?:summar\w+|overview|main points?|key points?|recap|gist|what (?:was|is|did|were) (?:\w+ )?(?:discuss\w*|talk\w*|said|happen\w*|about|meeting)|happened|take-?aways?|highlights?)\b|总结|概括|主要内容|说了什么|讲了什么|讨论了什么|要点/iu;

/** One to five quoted sentences, best first, or `not-said` with the number of utterances looked at. */
export function answerFrom(question: string, evidence: readonly Transcript[], by: Provenance): Answer {
  const searched = evidence.reduce((count, { utterances }) => count + utterances.length, 0);
  const notSaid: Answer = { kind: 'not-said', question, searched, by };
  const passages = evidence.map((transcript) => ({
    transcript,
    sentences: sentencesOf(transcript.utterances),
    participants: participantsOf(transcript),
  }));
  const ask = analyse(question, passages);
  let chosen: Candidate[];
  if (ask.terms.length === 0) {
    const isAboutWhole = ASKS_ACTIONS.test(question) || ASKS_DECISIONS.test(question) || ABOUT_THE_WHOLE.test(question);
    if (!isAboutWhole) return notSaid;
    chosen = [...overall(question, passages)]
      .toSorted((a, b) => b.score - a.score)
      .filter(({ score }) => score > 0)
      .slice(0, MOST_CLAIMS);
  } else {
    if (!premisesHold(question, passages)) return notSaid;
    const weights = weightsOf(passages.flatMap(({ sentences }) => sentences));
    // A word that nobody said weighs as much as the rarest: it is what the question is about.
    const rarest = Math.max(1, ...ask.terms.map((term) => weights.idf(term)));
    const weight = (term: string): number => weights.idf(term) || rarest;
    const needed = ask.terms.length >= LONG_QUESTION_TERMS ? SUPPORT_LONG : SUPPORT;
    const candidates = passages.flatMap((passage) => candidatesIn(passage, ask, weight));
    chosen = best(candidates.filter(({ support }) => support >= needed));
  }
  const claims: AnswerClaim[] = chosen.map(({ meetingId, sentence }) => {
    const { text, citations } = cited(alone(sentence), sentence.utterances);
    return { text, citations, meetingId };
  });
  const [first, ...rest] = claims;
  return first === undefined ? notSaid : { kind: 'answered', question, claims: [first, ...rest], by };
}
