/** Questions that were asked, each with what was answered, or left open. */
import { cited } from '../../cite.ts';
import type { QuestionAnswered } from '../../model.ts';
import { isBackchannel, leavesOpen } from './agreement.ts';
import { isQuestion, isRealQuestion } from './question-form.ts';
import { alone, quoted } from './quoted.ts';
import { overlap, repliesTo } from './replies.ts';
import type { Sentence } from './sentences.ts';

/** Turns by others among which an answer is looked for; further away the talk has moved on. */
const ANSWER_TURNS = 6;
/** Turns within which a reply counts as the answer without sharing a word with the question. */
const IMMEDIATE_TURNS = 2;
/** An answer that comes later must share this much with the question. */
const LATER_OVERLAP = 0.34;
/** A quoted answer is at most this many sentences, and stops once it is this long, in words. */
const ANSWER_SENTENCES = 3;
const ANSWER_WORDS = 60;
const SAME_QUESTION = 0.8;

const TOPIC_CHANGE =
  /\b(?:moving on|move on|next (?:topic|item|point)|last (?:topic|item)|let's talk about|anyway)\b|下一个(?:议题|话题|问题)|接下来/iu;

/** Courtesy between turns, as moderators have it. */
const THANKS = /^(?:\w+[,.]? )?(?:thanks|thank you)\b|^(?:好的?|嗯|行)?[，。,]?(?:谢|感谢|非常感谢|多谢)/iu;

function openingAnswers(text: string): boolean {
  return /^(?:yes|yeah|yep|no|nope|not|sure|it|that|they|we|because|by|on|in|at|about|around|maybe|probably|i think|i'll|i will|there|对|是|不|有|没|因为|大概|应该|可以|会|能)\b|^[对是不有没因大应可会能]/iu.test(
    text,
  );
}

/** The sentences that answer, or null when nobody did. */
function answerTo(sentences: readonly Sentence[], question: Sentence): readonly Sentence[] | null {
  const replies = repliesTo(sentences, question, ANSWER_TURNS);
  const turns = [...new Set(replies.map(({ turn }) => turn))];
  for (const [order, turn] of turns.entries()) {
    const reply = replies.filter((sentence) => sentence.turn === turn);
    const said = reply.filter((sentence) => !isQuestion(sentence));
    const [first] = said;
    if (first === undefined) continue;
    if (reply.some(({ text }) => leavesOpen(text))) return null;
    const shared = Math.max(...said.map(({ terms }) => overlap(question.terms, terms)));
    if (TOPIC_CHANGE.test(first.text) && shared === 0) return null;
    const substantial = said.filter(
      ({ text, terms }) => terms.length > 0 && !isBackchannel(text) && !THANKS.test(text),
    );
    const immediate = order < IMMEDIATE_TURNS && turn - question.turn <= IMMEDIATE_TURNS + 1;
    if (substantial.length === 0) {
      // "Yes." answers a yes-or-no question by itself; anything shorter than an answer does not.
      if (
        order === 0 &&
        /^(?:yes|no|yeah|nope|exactly|correct|right|是的?|对|不是|没有|有|可以|不行)[\s.,!。，！]*$/iu.test(
          first.text,
        ) &&
        reply.length === said.length &&
        isYesNo(question)
      )
        return [first];
      continue;
    }
    if (!immediate && shared < LATER_OVERLAP) continue;
    // An answer opens as one, takes up the question's words, or follows at once.
    if (!(shared > 0 || openingAnswers(first.text) || order === 0)) continue;
    const from = said.indexOf(openingAnswers(first.text) || order === 0 ? first : (substantial[0] ?? first));
    const answer: Sentence[] = [];
    let words = 0;
    for (const sentence of said.slice(from)) {
      if (answer.length >= ANSWER_SENTENCES || (answer.length > 0 && words + sentence.length > ANSWER_WORDS)) break;
      // Once the question's own words were taken up, a sentence without them goes on to something else.
      const isTakenUp = answer.some(({ terms }) => overlap(question.terms, terms) > 0);
      if (isTakenUp && overlap(question.terms, sentence.terms) === 0) break;
      answer.push(sentence);
      words += sentence.length;
    }
    return answer;
  }
  return null;
}

function isYesNo(question: Sentence): boolean {
  return !/\b(?:what|who|which|where|when|why|how|whose)\b|什么|怎么|谁|哪|多少|几/iu.test(question.text);
}

/**
 * Real questions in the order asked. `skip`: sentences already told as something else, such as requests taken up as
 * actions. Asked twice, the asking that was answered stands, else the last.
 */
export function findQuestions(sentences: readonly Sentence[], skip: ReadonlySet<number>): QuestionAnswered[] {
  const asked: { question: Sentence; answer: readonly Sentence[] | null }[] = [];
  for (const question of sentences) {
    if (skip.has(question.index) || !isRealQuestion(question)) continue;
    const answer = answerTo(sentences, question);
    const at = asked.findIndex(
      (earlier) =>
        overlap(earlier.question.terms, question.terms) >= SAME_QUESTION &&
        Math.abs(earlier.question.terms.length - question.terms.length) <= 2,
    );
    const earlier = asked[at];
    if (earlier === undefined) asked.push({ question, answer });
    else if (earlier.answer === null) asked[at] = { question, answer };
  }
  return asked.map(({ question, answer }) => {
    const [first, ...rest] = (answer ?? []).flatMap(({ utterances }) => utterances);
    return {
      question: cited(alone(question), question.utterances),
      askedBy: question.speaker,
      answer: first === undefined || answer === null ? null : cited(quoted(answer), [first, ...rest]),
      answeredBy: first === undefined ? null : first.speaker,
    };
  });
}
