/** What kind of talk it was, from who spoke how much and who asked. */
import type { MeetingKind } from '../../model.ts';
import { isQuestion } from './question-form.ts';
import type { Sentence } from './sentences.ts';

/** Below this nobody can tell, and a meeting is the plain case. In words. */
const LEAST_WORDS = 120;
/** A lecture has one voice for at least this share of the words. */
const LECTURE_SHARE = 0.85;
/** Two people are an interview when they have nearly all the words, one asks most questions and speaks least. */
const PAIR_SHARE = 0.9;
const ASKER_SHARE = 0.7;
const LEAST_QUESTIONS = 4;

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
  if (total < LEAST_WORDS) return 'meeting';
  const ranked = [...words].toSorted((a, b) => b[1] - a[1]);
  const [first, second] = ranked;
  if (first === undefined) return 'meeting';
  // A mix of voices nobody told apart cannot be counted by speaker; only a talk without questions reads as a lecture.
  if (first[0] === 'unnamed') return questions * 60 < total / 10 ? 'lecture' : 'meeting';
  if (first[1] / total >= LECTURE_SHARE) return 'lecture';
  if (second === undefined || (first[1] + second[1]) / total < PAIR_SHARE) return 'meeting';
  const asker = (asked.get(first[0]) ?? 0) > (asked.get(second[0]) ?? 0) ? first : second;
  const asks = asked.get(asker[0]) ?? 0;
  const isInterview = questions >= LEAST_QUESTIONS && asks / questions >= ASKER_SHARE && asker[1] < total / 2;
  return isInterview ? 'interview' : 'meeting';
}
