/** Answers from evidence: the sentences that answer, quoted; or that it was not said. */
import { cited } from '../../cite.ts';
import type { Answer, AnswerClaim, Provenance, Utterance } from '../../model.ts';
import type { Inquiry } from '../../ports.ts';
import type { Question } from '../../retrieval/question.ts';
import { factAnswers, hasMatter, premisesHold, wholeAnswers } from './answering/fact-answer.ts';
import type { AnswerWeights } from './answering/answer-model.ts';
import { ANSWER_WEIGHTS } from './answering/answer-weights.ts';
import { mentionsOf, runsOn, tellOf } from './answering/matter-answer.ts';
import { readEvidence } from './answering/reading.ts';
import type { Embed, Reading, Stretch } from './answering/reading.ts';
import { saidWhen } from './answering/said-when.ts';
import type { Told } from './answering/weighed.ts';
import { quoted } from './quoted.ts';
import type { Sentence } from './sentences.ts';

const MOST_CLAIMS = 5;

/** Asks to be told what was said, not for one fact. */
const ASKS_TO_BE_TOLD =
  /\b(?:discuss\w*|talk\w*|sa(?:y|id|ys)|th(?:ink|inks|ought)|opinions?|views?|summar\w+|descri\w+|expla\w+|debat\w+|mention\w*|feel|felt|ideas?|suggest\w*|propos\w+|recommend\w*|argu\w+|respon\w+|introduc\w+|contribut\w+|elaborat\w+|present\w*|attitudes?|perspectives?|controvers\w+|conclusions?|advantages?|disadvantages?|differen\w+|agree\w*|disagree\w*|happen\w*)\b|看法|意见|观点|说了|怎么看|讨论|介绍|总结|谈|解释|建议|提到/iu;
/** "What is the price?" asks for one thing. */
const ASKS_ONE_THING =
  /^\s*(?:and |so |but )?(?:what|which)(?:'s|’s| is| was) (?:the|our|your|their|his|her|my|its)\b/iu;
/** Who, when and how many may stand within such a question without being what it asks for. */
const ASKS_OPENLY =
  /^\s*(?:and |so |but )?(?:(?:what|how) (?:did|do|does)|what (?:was|were) the (?:discussions?|opinions?|views?|debates?)|summari[sz]e|describe|explain)\b/iu;
/** Answered by yes or no. */
const ASKS_WHETHER =
  /^\s*(?:and |so |but )?(?:is|are|was|were|do|does|did|have|has|had|can|could|will|would|should|must|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|haven't|hasn't|won't) |(?:吗|是否|没有)[？?]?\s*$|是否/iu;
/** Several people, days or numbers are asked for. */
const ASKS_SEVERAL =
  /\b(?:all|every|each|who are|who were|who else|(?:what|which) (?:[\w']+ ){0,3}?(?:dates|days|deadlines|numbers|amounts|people|persons|months|years))\b|哪些|哪几|都有/iu;
/** What else is near a fact is beside the point. */
const MOST_FACTS = 2;
const ABOUT_THE_WHOLE =
  /\b(?:summar\w+|overview|main points?|key points?|recap|gist|what (?:was|is|did|were) (?:\w+ )?(?:discuss\w*|talk\w*|said|say|happen\w*|about|meeting)|happened|take-?aways?|highlights?)\b|总结|概括|主要内容|说了什么|讲了什么|讨论了什么|要点/iu;

function isAboutWhole({ about, speakers, text }: Question): boolean {
  return about === 'actions' || about === 'decisions' || speakers.size > 0 || ABOUT_THE_WHOLE.test(text);
}

/** The sentences that answer, in the order to be shown. */
function sentencesFor(reading: Reading, complete: boolean, weights: AnswerWeights): readonly Told[] {
  const { question, stretches } = reading;
  const { text, exhaustive, wanted } = question;
  if (question.terms.length === 0 && question.speakers.size > 0 && question.period !== null && exhaustive === null)
    return saidWhen(reading);
  if (exhaustive === 'count' && complete) return mentionsOf(reading);
  if (question.terms.length === 0 && !hasMatter(text, stretches)) {
    return exhaustive === null && isAboutWhole(question) ? wholeAnswers(question, stretches) : [];
  }
  if (!premisesHold(text, stretches)) return [];
  // "How often" and "nobody" are known only to who has read everything; one quotation refutes "nobody".
  if (exhaustive === 'existence' || (exhaustive === 'absence' && complete)) return mentionsOf(reading);
  if (exhaustive !== null) return [];
  const dense = stretches.some(({ likeness }) => likeness !== null);
  const isTold = wanted === 'reason' || ASKS_TO_BE_TOLD.test(text);
  const isFact = wanted !== 'anything' && wanted !== 'reason';
  if (isFact && !(dense && isTold && ASKS_OPENLY.test(text)))
    return factAnswers(text, stretches).slice(0, ASKS_SEVERAL.test(text) ? MOST_CLAIMS : MOST_FACTS);
  if (!isTold && ASKS_WHETHER.test(text)) return factAnswers(text, stretches).slice(0, MOST_FACTS);
  if (isTold || (dense && !ASKS_ONE_THING.test(text))) {
    const told = tellOf(reading, weights);
    return told.length > 0 || dense ? told : factAnswers(text, stretches);
  }
  const facts = factAnswers(text, stretches);
  return facts.length > 0 ? facts : dense ? tellOf(reading, weights) : [];
}

/** Sentences that follow one another are one quotation. */
function quotations(told: readonly Told[]): readonly (readonly Told[])[] {
  const groups: Told[][] = [];
  for (const each of told) {
    const open = groups.at(-1);
    const last = open?.at(-1);
    const goesOn = last !== undefined && last.sentence.index < each.sentence.index && runsOn(last, each);
    if (goesOn) open?.push(each);
    else groups.push([each]);
  }
  return groups;
}

function claimOf(group: readonly Told[], stretch: Stretch): AnswerClaim | null {
  const sentences: readonly Sentence[] = group.map(({ sentence }) => sentence);
  const utterances: readonly Utterance[] = [...new Set(sentences.flatMap((sentence) => sentence.utterances))];
  const [first, ...rest] = utterances;
  if (first === undefined) return null;
  const { text, citations } = cited(quoted(sentences), [first, ...rest]);
  return { text, citations, meetingId: stretch.transcript.meetingId };
}

/**
 * One to five quotations, or `not-said` with the number of utterances looked at. A question after one fact is answered by
 * the sentences that hold it, best first; one after what was said of a matter by about 65 words of it, in the order said.
 * Counting and denying need everything that was said (`complete`). `embed` null: no embedder, or none that covers the
 * language of the evidence; what it throws is passed on.
 */
export async function answerFrom(
  { question, evidence, complete }: Inquiry,
  by: Provenance,
  embed: Embed | null,
): Promise<Answer> {
  return answerTo(await readEvidence(question, evidence, embed), complete, by, ANSWER_WEIGHTS);
}

/** The same for evidence that was read. */
export function answerTo(reading: Reading, complete: boolean, by: Provenance, weights: AnswerWeights): Answer {
  const { text } = reading.question;
  const claims = quotations(sentencesFor(reading, complete, weights))
    .slice(0, MOST_CLAIMS)
    .flatMap((group) => {
      const stretch = group[0]?.stretch;
      return stretch === undefined ? [] : (claimOf(group, stretch) ?? []);
    });
  const [first, ...rest] = claims;
  if (first !== undefined) return { kind: 'answered', question: text, claims: [first, ...rest], by };
  const searched = reading.stretches.reduce((count, { transcript }) => count + transcript.utterances.length, 0);
  return { kind: 'not-said', question: text, searched, by };
}
