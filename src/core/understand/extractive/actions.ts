/** Who will do what: what its form makes a task, and what the course of the talk does. */
import { cited } from '../../cite.ts';
import type { ActionItem } from '../../model.ts';
import { proposedTasks, type Proposal } from './action-proposals.ts';
import { type ActionWeights, scoreActions } from './action-score.ts';
import { isBackchannel } from './agreement.ts';
import { withoutInterjection } from './clean.ts';
import { dueIn } from './due.ts';
import type { Participants } from './participants.ts';
import { isQuestion } from './question-form.ts';
import { alone, quoted } from './quoted.ts';
import { overlap } from './replies.ts';
import type { Sentence } from './sentences.ts';
import { handedOver, isJest, takenBack } from './withdrawals.ts';

export interface Action extends ActionItem {
  /** The one that tells the task. */
  readonly sentence: Sentence;
  /** Positions of the questions by which the task was asked for. */
  readonly requests: readonly number[];
}

export interface ActionOptions {
  /** The one day that a phrase of the transcript names, `YYYY-MM-DD`, or null. */
  readonly dayOf: (phrase: string) => string | null;
  /** Null: tasks by their form alone. */
  readonly model: ActionWeights | null;
}

const BY_FORM: ActionOptions = { dayOf: () => null, model: null };

/** The object is a pronoun: what is meant was said just before. */
const POINTS_BACK =
  /\b(?:it|that|this|them|those|these|so)\b(?:\s+(?:by|before|on|in|at|to|for|with|today|tomorrow|tonight|this|next|as|right|first|later|over|up|out|off|done|myself|after|until)\b|[.,!?]|$)/iu;
const SAME_TASK = 0.7;
/** A task must name something to be done, beyond its verb. */
const LEAST_TERMS = 2;

/** Some form of giving or taking a task; the surroundings alone make none. */
const HANDS_OUT =
  /\b(?:you(?:'ll| will|'re| are| guys| two| all| both| can| could| should| need| have| do| look)?|(?:i|we)(?:'d| would)? (?:want|need|like|expect)|i(?:'ll| will|'m going to|'m gonna| am going to)|(?:is|are|'s|'re)? ?(?:gonna|going to)|will|for you|we(?:'ll| will) have to|has to|have to|needs? to)\b|^(?:(?:so|and|then|but|also|somehow|just|maybe)[, ]+)*(?:work|figure|find|look|think|prepare|write|send|complete|make|try|draw|check|sort|come up)\b/iu;
const NO_TASK =
  /\b(?:would(?! (?:really )?(?:like|want|need) )|wouldn't|could have|should have|if (?:i|we|you|they|he|she|it)\b(?! (?:can|could|would))|for example|i don't|do(?:n't| not) (?:know|think)|can't|cannot|never|(?:you|we) know (?:what|that)|thank|sorry|let me|let's|see you|remember when|used to|you(?:'re| are) (?:right|welcome)|you(?:'ll| will)(?: also| all)? (?:be aware|have to wait|get|see|receive|have|notice|find|be (?:getting|able|warned|asked))|going to be|(?:will|would|to) (?:allow|ensure|assure|continue)|continue to|make sure that|(?:are|be) looking for|want to (?:say|assure|make)|(?:are|were) you|(?:should|could) always|has to go somewhere)\b/iu;
/** A question by its word order, though a recogniser ended it with a full stop. */
const ASKS =
  /^(?:(?:so|and|but|okay|ok|well|then|now)[,.]?\s+)*(?:do|does|did|are|is|have|has) (?:you|we|i|they|he|she|it)\b/iu;
/** How a thing should be, or can be seen to be: talk about it, with nobody told to do anything. */
const ABOUT_A_THING =
  /^(?:(?:so|and|but|then|also|just|maybe)[, ]+)*(?:make|find|draw) (?:it|them|that|this|one)\b(?!.*\b(?:you|by|before|until|next|tomorrow|for (?:me|us))\b)|\b(?:that|which|where|what|as) you (?:can|could|will|'ll) (?:see|notice|find|hear)\b|^you (?:can|could) (?:see|notice|hear)\b/iu;
const LEAST_WORDS = 5;
/** Whoever hands out a task is brief; longer sentences report, argue or explain. */
const MOST_WORDS = 32;
/** Sentences of the same voice this close to a task that are as likely belong to its telling. */
const TELLING_SENTENCES = 2;

/** Whether a sentence has the form of a task at all. */
export function mayBeTask(sentence: Sentence): boolean {
  const { text, terms, length } = sentence;
  if (length < LEAST_WORDS || length > MOST_WORDS || terms.length === 0 || isBackchannel(text) || isQuestion(sentence))
    return false;
  return HANDS_OUT.test(text) && ![NO_TASK, ASKS, ABOUT_A_THING].some((pattern) => pattern.test(text));
}

/** What the course of the talk makes a task though its form alone would not, beyond `known`. */
function likelyTasks(
  sentences: readonly Sentence[],
  participants: Participants,
  model: ActionWeights,
  known: readonly Proposal[],
): Proposal[] {
  const scores = scoreActions(sentences, participants, model);
  const told = new Set(known.flatMap(({ sentence, acceptance }) => [sentence.index, acceptance?.index]));
  const likely = sentences.filter(({ index }) => (scores[index] ?? 0) >= model.threshold && !told.has(index));
  return likely.filter(mayBeTask).map((sentence) => ({
    sentence,
    owner: ownerIn(sentence, participants),
    also: likely
      .filter(
        (other) =>
          Math.abs(other.index - sentence.index) <= TELLING_SENTENCES &&
          other.speakerKey === sentence.speakerKey &&
          !mayBeTask(other) &&
          !NO_TASK.test(other.text),
      )
      .flatMap(({ utterances }) => utterances),
  }));
}

/** Who is named as the one to do it, or says so in the first person; null where nobody is, or several are. */
function ownerIn({ text, speaker }: Sentence, participants: Participants): string | null {
  if (/\bi(?:'ll| will|'m going to|'m gonna| am going to)\b/iu.test(text) && !/\byou\b/iu.test(text))
    return participants.ownName(speaker);
  const { pattern } = participants;
  if (pattern === null) return null;
  const named = new Set<string | null>();
  for (const match of text.matchAll(new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${pattern})(?![\p{L}\p{N}])`, 'giu'))) {
    // Part of a name counts when it is written as one: "the interface" names nobody.
    if (/\s/u.test(match[0]) || /^\p{Lu}/u.test(match[0])) named.add(participants.called(match[0]));
  }
  const [only = null] = named;
  return named.size === 1 ? only : null;
}

/** One task said again: by the same owner with the same words, or the very acceptance of a request already taken up. */
function isSame(a: Proposal, b: Proposal): boolean {
  const reach = Math.abs(a.sentence.turn - b.sentence.turn);
  if (a.owner !== null && b.owner !== null && a.owner !== b.owner) return false;
  const shared = overlap(a.sentence.terms, b.sentence.terms);
  if (a.also.some(({ id }) => b.sentence.utterances.some((utterance) => utterance.id === id))) return shared >= 0.3;
  return shared >= (reach <= 3 ? 0.6 : SAME_TASK) && Math.min(a.sentence.terms.length, b.sentence.terms.length) >= 2;
}

/** The words of the task: from the one asked by name where thanks to others stand before, else without interjections. */
function taskIn(text: string, participants: Participants): string {
  const bare = withoutInterjection(text);
  if (participants.pattern === null) return bare;
  const named = new RegExp(
    String.raw`^(?:(?:thank you|thanks|and)\b[\p{L} ,]{0,40}?)(?<ask>(?:${participants.pattern}),? (?:please|could you|can you|would you|will you) .+)$`,
    'iu',
  ).exec(text)?.groups?.['ask'];
  return named ?? bare;
}

/** Tasks told several times made one, with all the evidence. */
function merged(proposals: readonly Proposal[]): Proposal[] {
  const result: Proposal[] = [];
  for (const next of proposals) {
    const at = result.findIndex((earlier) => isSame(earlier, next));
    const earlier = result[at];
    if (earlier === undefined) {
      result.push(next);
      continue;
    }
    // The telling that says more stands; both moments are its evidence.
    const nextSaysMore =
      Number(dueIn(next.sentence.text) !== null) > Number(dueIn(earlier.sentence.text) !== null) ||
      (next.sentence.terms.length >= earlier.sentence.terms.length && !isQuestion(next.sentence)) ||
      isQuestion(earlier.sentence);
    const [main, other] = nextSaysMore ? [next, earlier] : [earlier, next];
    result[at] = {
      sentence: main.sentence,
      owner: main.owner ?? other.owner,
      also: [...main.also, ...other.sentence.utterances, ...other.also],
      acceptance: main.acceptance,
      requests: [...(main.requests ?? []), ...(other.requests ?? [])],
    };
  }
  return result;
}

/** Each task with the last participant it was handed to, if it was. */
function reassigned(
  proposals: readonly Proposal[],
  sentences: readonly Sentence[],
  participants: Participants,
): Proposal[] {
  const handed = handedOver(
    sentences,
    participants,
    proposals.map(({ sentence }) => sentence.index),
  );
  const by = new Set(handed.map((handing) => handing.by.index));
  return proposals
    .filter(({ sentence }) => !by.has(sentence.index))
    .map((proposal) => {
      const last = handed.findLast(({ task }) => task === proposal.sentence.index);
      return last === undefined
        ? proposal
        : { ...proposal, owner: last.to, also: [...proposal.also, ...last.by.utterances] };
    });
}

/** Tasks in the order they came up. Owner, due text and date are null when nobody said. */
export function findActions(
  sentences: readonly Sentence[],
  participants: Participants,
  { dayOf, model }: ActionOptions = BY_FORM,
): Action[] {
  const proposed = proposedTasks(sentences, participants);
  const likely = model === null ? [] : likelyTasks(sentences, participants, model, proposed);
  const meant = [...proposed, ...likely]
    .filter(({ sentence }) => !isJest(sentences, sentence))
    .toSorted((a, b) => a.sentence.index - b.sentence.index);
  const gone = takenBack(
    sentences,
    meant.map(({ sentence }) => sentence.index),
  );
  const standing = meant.filter(({ sentence }) => !gone.has(sentence.index));
  return merged(reassigned(standing, sentences, participants)).map(
    ({ sentence, owner, also, acceptance, requests = [] }) => {
      const [first, ...rest] = sentence.utterances;
      const before = sentences[sentence.index - 1];
      const explained =
        before !== undefined &&
        before.turn === sentence.turn &&
        before.terms.length >= LEAST_TERMS &&
        (POINTS_BACK.test(sentence.text) || sentence.terms.length < LEAST_TERMS);
      const evidence = [first, ...rest, ...(explained ? before.utterances : []), ...also];
      const [head, ...tail] = new Map(evidence.map((utterance) => [utterance.id, utterance])).values();
      const { citations } = cited('', [head ?? first, ...tail]);
      const dueText = dueIn(sentence.text) ?? (acceptance === undefined ? null : dueIn(acceptance.text));
      return {
        text: explained ? quoted([before, sentence]) : taskIn(alone(sentence), participants),
        citations,
        owner,
        dueText,
        dueDate: dueText === null ? null : dayOf(dueText),
        sentence,
        requests,
      };
    },
  );
}
