/** What kind of talk it was, from who spoke how much, who asked, and whether anybody took on anything. */
import type { MeetingKind } from '../../model.ts';
import { isQuestion, isRealQuestion } from './question-form.ts';
import type { Sentence } from './sentences.ts';

/** Below this nobody can tell, and a meeting is the plain case. In words. */
const LEAST_WORDS = 100;
/** Two named people, one of whom only asks and the other only tells, show it sooner: about four questions' worth. */
const LEAST_INTERVIEW_WORDS = 50;
/** A lecture takes a minute at the very least; less from one voice is a note or a report to the others. In words. */
const LEAST_LECTURE_WORDS = 150;
/** How a report to colleagues opens, however long it grows: it is one turn of their meeting. */
const REPORTS =
  /\b(?:my|a|an|our|the|quick|weekly|status|progress) updates?\b(?! (?:to|of) the)|\b(?:stand-?up|weekly|status|progress) (?:update|report|sync)\b|\b(?:this|last|past) (?:week|sprint),? i(?:'ve)?\b|我(?:这|上|本)(?:个)?(?:周|星期)|(?:我的|本周|上周|这周)(?:的)?(?:进展|工作|更新|汇报)/iu;
/** Sentences in which a report says that it is one. */
const OPENING_SENTENCES = 4;
/** A lecture has one voice for at least this share of the words. */
const LECTURE_SHARE = 0.8;
/** Two people are an interview when they have nearly all the words, one asks most questions and the other tells. */
const PAIR_SHARE = 0.9;
const ASKER_SHARE = 0.7;
const LEAST_QUESTIONS = 4;
/** Whoever is interviewed says at least so many times as much; people who do business share the floor. */
const TELLS_MORE = 1.5;
/** Said by whoever conducts an interview; then the guest's answers may be as short as the questions. */
const RECEIVES_GUEST =
  /\b(?:thank you|thanks)(?: (?:so|very) much)? for (?:joining (?:us|me)|the (?:interview|conversation)|this interview)\b|\bmy guest\b|采访|专访|请到了|做客/iu;
/** Questions to somebody, among all, by which a recording without names reads as an interview. */
const ADDRESSED_SHARE = 0.6;
/** Words per question that go with an interview where no voices were told apart. */
const LEAST_WORDS_PER_QUESTION = 25;
const MOST_WORDS_PER_QUESTION = 250;
/** A talk without names is a lecture when it has fewer questions than one in so many words. */
const LECTURE_WORDS_PER_QUESTION = 600;

const ADDRESSES = /\b(?:you|your|yours)\b|[你您]/iu;
/** What people say who have something to do together. */
const WORKS =
  /\b(?:let's|shall we|we (?:should|need to|have to|could)|next (?:topic|item|point))\b|我们(?:应该|需要|要|来|就)|下一个议题/iu;
/** How much of that a talk may have and still be an interview, per sentence. */
const LITTLE_WORK = 0.03;

export function kindOf(sentences: readonly Sentence[]): MeetingKind {
  const words = new Map<string, number>();
  const asked = new Map<string, number>();
  let total = 0;
  let questions = 0;
  for (const sentence of sentences) {
    words.set(sentence.speakerKey, (words.get(sentence.speakerKey) ?? 0) + sentence.length);
    total += sentence.length;
    if (!isQuestion(sentence)) continue;
    asked.set(sentence.speakerKey, (asked.get(sentence.speakerKey) ?? 0) + 1);
    questions++;
  }
  if (total < LEAST_INTERVIEW_WORDS) return 'meeting';
  const ranked = [...words].toSorted((a, b) => b[1] - a[1]);
  const [first, second] = ranked;
  if (first === undefined) return 'meeting';
  if (first[0] === 'unnamed') return total < LEAST_WORDS ? 'meeting' : kindWithoutNames(sentences, total, questions);
  if (first[1] / total >= LECTURE_SHARE && (asked.get(second?.[0] ?? '') ?? 0) < LEAST_QUESTIONS)
    return isLecture(sentences, total) ? 'lecture' : 'meeting';
  if (second === undefined || (first[1] + second[1]) / total < PAIR_SHARE) return 'meeting';
  const asker = (asked.get(first[0]) ?? 0) > (asked.get(second[0]) ?? 0) ? first : second;
  const teller = asker === first ? second : first;
  const asks = asked.get(asker[0]) ?? 0;
  const receives = sentences.some(({ text, speakerKey }) => speakerKey === asker[0] && RECEIVES_GUEST.test(text));
  const isInterview =
    questions >= LEAST_QUESTIONS &&
    asks / questions >= ASKER_SHARE &&
    teller[1] >= asker[1] * (receives ? 1 : TELLS_MORE);
  return isInterview ? 'interview' : 'meeting';
}

/** Whether what one voice told nearly alone was told at length, and not as an update to the others. */
function isLecture(sentences: readonly Sentence[], total: number): boolean {
  return total >= LEAST_LECTURE_WORDS && !sentences.slice(0, OPENING_SENTENCES).some(({ text }) => REPORTS.test(text));
}

/**
 * A mix of voices nobody told apart cannot be counted by speaker. Few questions read as a lecture; steady questions to
 * "you", with much said to each and nothing planned together, as an interview.
 */
function kindWithoutNames(sentences: readonly Sentence[], total: number, questions: number): MeetingKind {
  const plans = sentences.filter(({ text }) => WORKS.test(text)).length / sentences.length;
  if (questions * LECTURE_WORDS_PER_QUESTION < total && plans < LITTLE_WORK * 2 && isLecture(sentences, total))
    return 'lecture';
  const real = sentences.filter(isRealQuestion);
  if (real.length < LEAST_QUESTIONS || plans > LITTLE_WORK) return 'meeting';
  const addressed = real.filter(({ text }) => ADDRESSES.test(text)).length / real.length;
  const perQuestion = total / real.length;
  return addressed >= ADDRESSED_SHARE &&
    perQuestion >= LEAST_WORDS_PER_QUESTION &&
    perQuestion <= MOST_WORDS_PER_QUESTION
    ? 'interview'
    : 'meeting';
}
