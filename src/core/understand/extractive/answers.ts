/** What was said in reply to a question: whose turn it is to answer, and the sentences that do. */
import { agrees, isBackchannel, leavesOpen, refuses } from './agreement.ts';
import { isQuestion, isRealQuestion } from './question-form.ts';
import { overlap } from './replies.ts';
import type { Sentence } from './sentences.ts';

/** Turns by others among which an answer is looked for; further away the talk has moved on. */
const ANSWER_FLOORS = 4;
/** Turns within which a reply counts as the answer without sharing a word with the question. */
const IMMEDIATE_FLOORS = 2;
/** What comes later than so many sentences answers something else. */
const SOON_SENTENCES = 60;
/** An answer that comes later must share this much with the question. */
const LATER_OVERLAP = 0.34;
/** A quoted answer is at most this many sentences, and stops once it is this long, in words. */
const ANSWER_SENTENCES = 3;
const ANSWER_WORDS = 60;
/** "I don't know" at the head of a reply leaves the question open; deep in a long one it is part of the answer. */
const HEAD_SENTENCES = 2;

/** What a chair says who closes, hands over or moves on; whatever the words share with the question, it is no answer. */
const HANDS_OVER =
  /^(?:(?:okay|ok|alright|all right|right|so|well|great|good|um|uh|oh|yeah|and|anyway)[,.]?\s+)*(?:(?:thanks|thank you)\b|(?:let's|let us|we(?:'ll| will| should| can)?) (?:just )?(?:move|go) on\b|moving on\b|next (?:slide|item|topic|question)\b|(?:let's|let us) (?:get (?:started|going)|wrap up|close|stop|take a break)\b|(?:i hand|handing|over to)\b)|(?:由于|因为)?时间的?关系|先?(?:讨论|聊|谈|说)到这里|^(?:(?:好的?|嗯|行|那|ok)[，,。！!\s]*)*(?:非常|特别|十分|再次)?(?:谢谢|感谢|多谢)|(?:先|来)?(?:让|请|有请)[^，。]{0,6}(?:自我介绍|发言|分享)|大家好|感谢(?:大家|各位|主办方)/iu;
/** An answer of fewer content words tells something only where little was asked for: yes or no, a figure, a name. */
const TELLING_TERMS = 4;
/** Speech that broke off: its last word wants another. */
const BROKEN_OFF = /(?:\b(?:there's|it's|the|a|an|and|or|of|to|but|so|is|that's|we're|i'm)|,)\s*$/iu;
const ASKS_FOR_A_NAME_OR_FIGURE =
  /\b(?:who|whose|which|where|when)\b|\bhow (?:many|much|long|far|often|old|big|high|soon)\b|\bwhat (?:time|day|date|year|number|name|colou?r|kind|size|price|is the|was the|'s the)\b|\bwhat's\b/iu;
const TOPIC_CHANGE =
  /\b(?:moving on|move on|next (?:topic|item|point)|last (?:topic|item)|let's talk about|anyway)\b|下一个(?:议题|话题|问题)|接下来/iu;
/** Courtesy between turns, as moderators have it. */
const THANKS = /^(?:\w+[,.]? )?(?:thanks|thank you)\b|^(?:好的?|嗯|行)?[，。,]?(?:谢|感谢|非常感谢|多谢)/iu;
/** Openings by which people win time; what they say next is the answer. */
const STALLS =
  /^(?:(?:well|so|oh|um|yeah|okay|right)[,.]? )*(?:(?:that(?:'s| is)|it(?:'s| is)) (?:a |an )?(?:\w+ )?(?:long story|(?:good|great|hard|tough|difficult|interesting|fair|excellent|tricky) (?:question|one|point))|good question|great question|let me (?:think|see)|how (?:do|shall|should|can) i (?:say|put)|where (?:do|shall|should) i (?:start|begin)|people (?:always|often) (?:think|say|ask)|(?:many|most) people (?:think|would say|say))|^(?:说来话长|这(?:个|是个?)(?:好)?问题|怎么说呢|让我想想|很多人(?:以为|觉得|认为)|其实怎么说)/iu;

/** A stretch in which one person keeps the floor; others' signs of listening do not take it. */
type Floor = readonly Sentence[];

function isOther(sentence: Sentence, question: Sentence): boolean {
  return question.speaker.kind === 'unnamed'
    ? sentence.turn !== question.turn
    : sentence.speakerKey !== question.speakerKey;
}

/** What others said after the question, floor by floor, until its speaker asks something else. */
function floorsAfter(sentences: readonly Sentence[], question: Sentence): Floor[] {
  const floors: Sentence[][] = [];
  const until = Math.min(sentences.length, question.index + 1 + SOON_SENTENCES);
  for (let at = question.index + 1; at < until; at++) {
    const next = sentences[at];
    if (next === undefined) break;
    const open = floors.at(-1);
    if (!isOther(next, question)) {
      // In the question's own breath more may follow; later a new question closes the matter.
      if (open !== undefined && isRealQuestion(next)) break;
      continue;
    }
    const last = open?.at(-1);
    const goesOn =
      last !== undefined &&
      last.speakerKey === next.speakerKey &&
      (question.speaker.kind !== 'unnamed' || !isQuestion(next)) &&
      sentences
        .slice(last.index + 1, next.index)
        .every(({ text, speakerKey }) => speakerKey === next.speakerKey || isBackchannel(text));
    if (goesOn) {
      open?.push(next);
      continue;
    }
    // Without names a question may be anybody's: a later one closes the matter too.
    if (question.speaker.kind === 'unnamed' && floors.length > 0 && isRealQuestion(next)) break;
    if (floors.length >= ANSWER_FLOORS) break;
    floors.push([next]);
  }
  return floors;
}

function opensAsAnswer(text: string): boolean {
  return /^(?:yes|yeah|yep|no|nope|not|sure|it|that|they|we|because|by|on|in|at|about|around|maybe|probably|i think|i'll|i will|there|对|是|不|有|没|因为|大概|应该|可以|会|能)\b|^[对是不有没因大应可会能]/iu.test(
    text,
  );
}

/** "Yes." and its like, by itself. */
function isAssent(text: string): boolean {
  return /^(?:yes|no|yeah|nope|exactly|correct|right|是的?|对|不是|没有|有|可以|不行|会的?|不会)[\s.!。！]*$/iu.test(
    text,
  );
}

function isYesNo({ text }: Sentence): boolean {
  return !/\b(?:what|who|which|where|when|why|how|whose)\b|什么|怎么|谁|哪|多少|几/iu.test(text);
}

/** Whether the sentence holds the kind of thing the question asks for. */
function fits({ text: question }: Sentence, { text }: Sentence): boolean {
  if (/\bhow (?:many|much|long|far|often|old|big|high)\b|多少|几(?:个|次|位|天|年)|多久|多大/iu.test(question))
    return /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|hundred|thousand|million|half|dozen|none|never|every|once|twice)\b|[一二两三四五六七八九十百千万半]+/iu.test(
      text,
    );
  if (/\bwhen\b|什么时候|哪一?(?:天|年)|几(?:点|号|月)/iu.test(question))
    return /\d|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|week|month|year|spring|summer|autumn|winter|january|february|march|april|june|july|august|september|october|november|december|o'clock|noon)\b|[年月日号周点天]/iu.test(
      text,
    );
  if (/\bwhy\b|为什么|为何/iu.test(question))
    return /\b(?:because|since|so that|in order|reason|cause|due to)\b|因为|由于|原因|为了/iu.test(text);
  return false;
}

/** The most direct sentences of a floor: all of a short one, of a long one those from the best on. */
function mostDirect(question: Sentence, said: readonly Sentence[]): readonly Sentence[] {
  const words = said.reduce((sum, { length }) => sum + length, 0);
  const yesNo = isYesNo(question);
  const score = (sentence: Sentence, at: number): number =>
    overlap(question.terms, sentence.terms) +
    (fits(question, sentence) ? 0.5 : 0) +
    (at === 0 ? 0.3 : 0) +
    (at === 0 && yesNo && opensAsAnswer(sentence.text) ? 1 : 0) -
    (STALLS.test(sentence.text) ? 0.8 : 0) -
    (sentence.terms.length === 0 && !(at === 0 && yesNo) ? 0.3 : 0);
  let best = 0;
  if (said.length > ANSWER_SENTENCES || words > ANSWER_WORDS || said.some(({ text }) => STALLS.test(text))) {
    const scores = said.map(score);
    best = scores.indexOf(Math.max(...scores));
  }
  const answer: Sentence[] = [];
  let length = 0;
  for (const sentence of said.slice(best)) {
    if (answer.length >= ANSWER_SENTENCES || (answer.length > 0 && length + sentence.length > ANSWER_WORDS)) break;
    // Once the question's own words were taken up, a sentence without them goes on to something else.
    const isTakenUp = answer.some(({ terms }) => overlap(question.terms, terms) > 0);
    if (isTakenUp && overlap(question.terms, sentence.terms) === 0) break;
    answer.push(sentence);
    length += sentence.length;
  }
  return answer;
}

/** Whoever was given the word thanks for it and then answers. */
const THANKS_FOR_THE_WORD =
  /(?:谢谢|感谢)(?:你的|您的)?(?:主持人|提问|问题|邀请)|\b(?:thanks|thank you) for (?:the|your|that|this) (?:\w+ )?question/iu;

/** Whether a floor begins by thanking, closing or giving the word to somebody; bare signs of listening before that aside. */
function handsOver(said: readonly Sentence[]): boolean {
  if (said.slice(0, 3).some(({ text }) => THANKS_FOR_THE_WORD.test(text))) return false;
  const head = said.find(({ text }) => !isBackchannel(text) || /谢|thank/iu.test(text));
  return head !== undefined && HANDS_OVER.test(head.text);
}

/** Whether the words say enough, for what was asked, to be shown as its answer. */
function isTelling(question: Sentence, answer: readonly Sentence[]): boolean {
  const text = answer.map((sentence) => sentence.text).join(' ');
  if (/\p{Script=Han}/u.test(text)) return true;
  const terms = answer.reduce((sum, sentence) => sum + sentence.terms.length, 0);
  if (terms >= TELLING_TERMS) return true;
  if (BROKEN_OFF.test(text)) return false;
  if (isYesNo(question)) return opensAsAnswer(text) || isAssent(text) || agrees(text) || refuses(text) || terms >= 2;
  return (
    terms >= TELLING_TERMS - 1 ||
    ASKS_FOR_A_NAME_OR_FIGURE.test(question.text) ||
    fits(question, { ...question, text }) ||
    /\d|(?<=[\p{Ll},] )\p{Lu}/u.test(text)
  );
}

/** The sentences that answer, all by one speaker; null when nobody did, or somebody put it off. */
export function answerTo(sentences: readonly Sentence[], question: Sentence): readonly Sentence[] | null {
  for (const [order, floor] of floorsAfter(sentences, question).entries()) {
    const said = floor.filter((sentence) => !isQuestion(sentence));
    const [first] = said;
    if (first === undefined) continue;
    if (handsOver(said)) return null;
    if (said.slice(0, HEAD_SENTENCES).some(({ text }) => leavesOpen(text))) return null;
    const shared = Math.max(...said.map(({ terms }) => overlap(question.terms, terms)));
    if (TOPIC_CHANGE.test(first.text) && shared === 0) return null;
    const substantial = said.filter(
      ({ text, length }) =>
        (length >= 2 || /\d|\p{Lu}|\p{Script=Han}/u.test(text)) && !isBackchannel(text) && !THANKS.test(text),
    );
    if (substantial.length === 0) {
      // "Yes." answers a yes-or-no question by itself; anything shorter than an answer does not.
      if (order === 0 && isAssent(first.text) && floor.length === said.length && isYesNo(question)) return [first];
      continue;
    }
    if (order >= IMMEDIATE_FLOORS && shared < LATER_OVERLAP) continue;
    // An answer opens as one, takes up the question's words, or follows at once.
    if (!(shared > 0 || opensAsAnswer(first.text) || order === 0)) continue;
    const [head = first] = substantial;
    const answer = mostDirect(
      question,
      said.slice(said.indexOf(opensAsAnswer(first.text) || order === 0 ? first : head)),
    );
    if (isTelling(question, answer)) return answer;
  }
  return null;
}
