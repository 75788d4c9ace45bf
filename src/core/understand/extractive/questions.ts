/** Questions that were asked, each with what was answered and by whom, or left open. */
import { cited } from '../../cite.ts';
import type { QuestionAnswered } from '../../model.ts';
import { isBackchannel } from './agreement.ts';
import { answerTo } from './answers.ts';
import { isQuestion, isRealQuestion, namesItsMatter } from './question-form.ts';
import { alone, quoted } from './quoted.ts';
import { overlap } from './replies.ts';
import type { Sentence } from './sentences.ts';
import { normalise } from './words.ts';

/** Share of the shorter one's terms, and of the longer one's length, that make two askings one question. */
const SAME_QUESTION = 0.8;
const SAME_LENGTH = 0.65;
/** Whoever goes on for so many words after asking, in the same breath, answers it themselves. */
const OWN_ANSWER_WORDS = 8;
/** Whoever goes on for so many words before anybody else has the floor did not wait for a reply. */
const SELF_ANSWERED_WORDS = 25;
/** A question made of common words alone ("would you do it again?") counts when the answer is at least this long. */
const TELLING_ANSWER_WORDS = 5;

/** From so many words on, about twenty minutes, a meeting is told by its fuller questions only. */
const LONG_MEETING_WORDS = 3000;
const FULL_TERMS = 3;
const TELLING_ANSWER_TERMS = 4;

/** Whether it belongs among the few questions of a long meeting: it has matter of its own, or an answer that has. */
function weighs({ question, answer }: Asked): boolean {
  const terms = new Set(question.terms).size;
  const told = answer?.reduce((sum, sentence) => sum + sentence.terms.length, 0) ?? 0;
  return terms >= FULL_TERMS || (terms >= FULL_TERMS - 1 && told >= TELLING_ANSWER_TERMS);
}

/** Words the asker went on telling, questions aside, before anybody else said more than a sign of listening. */
function toldOn(sentences: readonly Sentence[], question: Sentence): number {
  let words = 0;
  for (let at = question.index + 1; at < sentences.length; at++) {
    const next = sentences[at];
    if (next === undefined) break;
    if (question.speaker.kind === 'unnamed' ? next.turn !== question.turn : next.speakerKey !== question.speakerKey) {
      if (question.speaker.kind === 'unnamed' || !isBackchannel(next.text)) break;
      continue;
    }
    if (!isQuestion(next)) words += next.length;
  }
  return words;
}

/** Words said by the asker right after the question, before anybody else speaks or the asker asks again. */
function wordsAfter(sentences: readonly Sentence[], question: Sentence): number {
  let words = 0;
  for (let at = question.index + 1; at < sentences.length; at++) {
    const next = sentences[at];
    if (next === undefined || next.speakerKey !== question.speakerKey || isQuestion(next)) break;
    if (question.speaker.kind === 'unnamed' && next.turn !== question.turn) break;
    words += next.length;
  }
  return words;
}

interface Asked {
  readonly question: Sentence;
  readonly answer: readonly Sentence[] | null;
}

function isSame(a: Sentence, b: Sentence): boolean {
  if (normalise(a.text) === normalise(b.text)) return true;
  const [fewer, more] = a.terms.length <= b.terms.length ? [a, b] : [b, a];
  return overlap(a.terms, b.terms) >= SAME_QUESTION && fewer.terms.length >= more.terms.length * SAME_LENGTH;
}

/** Of questions by one speaker that the same words answer, the fullest: an answer is told once. */
function onceAnswered(asked: readonly Asked[]): Asked[] {
  const kept: Asked[] = [];
  for (const next of asked) {
    const at = kept.findLastIndex(
      ({ question, answer }) =>
        question.speakerKey === next.question.speakerKey &&
        answer !== null &&
        next.answer !== null &&
        answer.some((sentence) => next.answer?.includes(sentence) === true),
    );
    const earlier = kept[at];
    if (earlier === undefined) kept.push(next);
    else if (next.question.terms.length >= earlier.question.terms.length) kept[at] = next;
  }
  return kept;
}

/**
 * Real questions in the order asked. `skip`: sentences already told as something else, such as requests taken up as
 * actions. Asked twice, the asking that was answered stands, else the last.
 */
export function findQuestions(sentences: readonly Sentence[], skip: ReadonlySet<number>): QuestionAnswered[] {
  const asked: Asked[] = [];
  for (const question of sentences) {
    if (skip.has(question.index) || !isRealQuestion(question)) continue;
    if (toldOn(sentences, question) > SELF_ANSWERED_WORDS) continue;
    const answer = answerTo(sentences, question);
    const answered = answer?.reduce((sum, { length }) => sum + length, 0) ?? 0;
    if (answer === null && wordsAfter(sentences, question) >= OWN_ANSWER_WORDS) continue;
    if (!namesItsMatter(question) && answered < TELLING_ANSWER_WORDS) continue;
    const at = asked.findIndex((earlier) => isSame(earlier.question, question));
    const earlier = asked[at];
    if (earlier === undefined) asked.push({ question, answer });
    else if (earlier.answer === null) asked[at] = { question, answer };
  }
  const words = sentences.reduce((sum, { length }) => sum + length, 0);
  const told = onceAnswered(asked).filter((one) => words < LONG_MEETING_WORDS || weighs(one));
  return told.map(({ question, answer }) => {
    const [first, ...rest] = (answer ?? []).flatMap(({ utterances }) => utterances);
    return {
      question: cited(alone(question), question.utterances),
      askedBy: question.speaker,
      answer: first === undefined || answer === null ? null : cited(quoted(answer), [first, ...rest]),
      answeredBy: first === undefined ? null : first.speaker,
    };
  });
}
