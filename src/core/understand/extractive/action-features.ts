/**
 * What a sentence and its surroundings show of a task being handed out, as numbers for a linear scorer. Only the forms
 * in which people give and take tasks are looked at, never what a task is about, so that what is learnt on one kind of
 * meeting holds for others.
 */
import { accepts, isBackchannel } from './agreement.ts';
import { dueIn } from './due.ts';
import type { Participants } from './participants.ts';
import { isQuestion } from './question-form.ts';
import type { Sentence } from './sentences.ts';

/** Cues in the sentence itself. Each is 0 or 1. */
const CUES = {
  youFuture:
    /\byou(?:'ll| will| shall|'re| are)(?: (?:all|both|guys|two|also|just|then|probably))*(?: (?:be|gonna|going to))+\b|\byou(?:'ll| will| shall)\b/iu,
  youDoing:
    /\b(?:you|you guys|you two|he|she|they)(?:'re| are|'s| is)(?: (?:also|just|basically|both))* (?:look|work|think|watch|do|mak|handl|prepar|design|research|focus|writ|build)ing\b/iu,
  youShould: /\byou (?:guys |two |both |all )?(?:should|could|can|need to|have to|must|might|may|ought to)\b/iu,
  wantYou:
    /\b(?:i|we)(?:'d| would|'ll| will)? (?:really )?(?:want|need|like|love|expect|ask) (?:you|him|her|them|the \p{L}+|everybody|everyone|all of you)\b/iu,
  iFuture: /\bi(?:'ll| will| shall|'m gonna|'m going to| am going to)\b/iu,
  iMust: /\bi(?:'ve got to| have to| need to|'m supposed to| should| can| could)\b/iu,
  weFuture: /\bwe(?:'ll| will| shall|'re gonna|'re going to| are going to)\b/iu,
  weMust: /\bwe(?:'ve got to|'ve gotta| have to| need to| should| gotta| must)\b/iu,
  otherFuture:
    /\b(?:he|she|they|\p{L}+er|\p{L}+ist|\p{L}+ing)(?:'ll| will|'s gonna| is gonna| are gonna| is going to| are going to| should| has to| have to| needs? to| gonna| can)\b/iu,
  request: /\b(?:can|could|will|would) you\b|\bplease\b|\bmaybe you (?:can|could)\b|\bif you (?:can|could|would)\b/iu,
  imperative:
    /^(?:(?:so|and|then|okay|but|um|also|now|well)[, ]+)*(?:send|check|write|prepare|make|find|work|look|think|figure|complete|finish|put|talk|email|call|draft|update|review|try|bring|get|take|do|come|ask|add|set)\b/iu,
  workOn:
    /\b(?:work(?:ing)? (?:on|out|together)|look(?:ing)? (?:into|at|after|for|around)|think(?:ing)? about|focus(?:ed|ing)? on|come up with|tak(?:e|ing) care of|responsible for|in charge of|find(?:ing)? out|figure out|sort out|carry(?:ing)? out|deal(?:ing)? with|go(?:ing)? over)\b/iu,
  deliver:
    /\b(?:send|write|writ(?:ing)|email|mail|report|minutes|notes|document|documents|folder|summary|presentation|slides|draft|file|list)\b/iu,
  meta: /\b(?:action (?:item|point)s?|assign(?:ment|ments|ed)|tasks?|to-?dos?|homework|instructions?|responsibilit(?:y|ies)|next steps?|follow[- ]?ups?|deadlines?)\b/iu,
  nextMeeting: /\bnext (?:meeting|time|session|call|week|sprint|month)\b|\b(?:before|until|for|by) (?:the )?next\b/iu,
  meantime:
    /\b(?:in the meantime|between now and|in ?between|until then|by then|from here|after (?:this|the) meeting|afterwards?|later)\b/iu,
  together: /\b(?:together|both of you|you two|you guys|each of|individually|everybody|everyone|all of (?:you|us))\b/iu,
  hypothetical:
    /\b(?:if (?:i|we|you|they|it)\b|would|wouldn't|could have|should have|might|maybe|perhaps|imagine|suppose|for example|for instance|when you|whenever)\b/iu,
  negated: /\b(?:not|n't|never|nothing|no)\b|n't\b/iu,
  opinion: /\b(?:i think|i guess|i mean|i suppose|probably|kind of|sort of|actually|basically)\b/iu,
  past: /\b(?:was|were|did|had|went|said|made|got|thought|wanted|used|been|\p{L}{3,}ed)\b/iu,
  impersonal:
    /\b(?:it(?:'s| is|'ll| will| can| could| would)|that(?:'s| is|'ll)|there(?:'s| is| are)|people|they|users?|the \p{L}+ (?:is|are|has|will))\b/iu,
  listing: /^(?:(?:um|uh)[, ]+)?(?:and|then|also|plus|so|for)\b/iu,
  us: /\b(?:us|our|ours|we)\b/iu,
  now: /\b(?:now|right now|at the moment|just|first|here)\b/iu,
  explaining: /\b(?:because|which|so that|in order|since|means?|like)\b/iu,
  courtesy: /\b(?:thanks?|thank you|welcome|sorry|hello|bye|good morning)\b/iu,
  ownIdea: /\blet(?:'s| us| me)\b/iu,
} as const satisfies Readonly<Record<string, RegExp>>;
type Cue = keyof typeof CUES;
const CUE_PATTERNS = Object.entries(CUES);
const CUE_NAMES = Object.keys(CUES);

/** Talk that ends a meeting, or sends people to their work. */
const CLOSING =
  /\b(?:that(?:'s| is) (?:it|all|everything)(?! (?:about|that))|see you|thank you|thanks|good ?bye|bye|any (?:other |more |further )?questions|next meeting|meeting(?:'s| is)? (?:over|finished|done|closed)|wrap(?:ping)? up|to (?:sum|close|finish)|time(?:'s| is) up|(?:five|ten|two) minutes (?:left|to go|remaining)|anything else|we(?:'re| are) (?:done|finished)|until next|closing|before (?:we|i) (?:go|finish|close|end))\b/iu;

/** Neighbours looked at on each side, in sentences. */
const NEAR = 2;
const REGION = 8;
/** Closing talk announces itself within about this many sentences. */
const CLOSING_REACH = 60;

/** Cues whose presence around a sentence tells of a stretch of handing out. */
const AROUND: readonly Cue[] = [
  'youFuture',
  'youDoing',
  'youShould',
  'wantYou',
  'iFuture',
  'otherFuture',
  'request',
  'workOn',
  'meta',
  'nextMeeting',
  'meantime',
  'together',
  'past',
  'impersonal',
  'courtesy',
  'us',
];

export const FEATURE_NAMES: readonly string[] = [
  ...CUE_NAMES,
  'long',
  'short',
  'question',
  'due',
  'calls',
  'backchannel',
  'chair',
  'share',
  'assent',
  'answered',
  'late',
  'last',
  'closing',
  'turnLength',
  'youWork',
  'futureWork',
  'callsWork',
  'youDue',
  ...AROUND.map((cue) => `near ${cue}`),
  'near calls',
  'near due',
  ...AROUND.map((cue) => `region ${cue}`),
  'region calls',
  'region due',
];

interface Shown {
  readonly cues: ReadonlySet<string>;
  readonly due: boolean;
  readonly calls: boolean;
}

/** Counts how many of the neighbours within a reach show something, the sentence itself left out. */
function around(shown: readonly Shown[], test: (near: Shown) => boolean): (at: number, reach: number) => number {
  // Sums up to each position, so that a count is one subtraction.
  const sums = new Int32Array(shown.length + 1);
  for (const [at, near] of shown.entries()) sums[at + 1] = (sums[at] ?? 0) + (test(near) ? 1 : 0);
  const upTo = (end: number): number => sums[Math.max(0, Math.min(shown.length, end))] ?? 0;
  return (at, reach) => upTo(at + reach + 1) - upTo(at - reach) - (upTo(at + 1) - upTo(at));
}

/** Whoever opens and closes the meeting and speaks in the middle of it too; null where nobody stands out. */
function chairOf(sentences: readonly Sentence[]): string | null {
  const edge = Math.max(3, Math.floor(sentences.length * 0.04));
  const score = new Map<string, number>();
  for (const { speakerKey, length } of [...sentences.slice(0, edge), ...sentences.slice(-edge)])
    score.set(speakerKey, (score.get(speakerKey) ?? 0) + length);
  const [first, second] = [...score].toSorted((a, b) => b[1] - a[1]);
  if (first === undefined || first[0] === 'unnamed') return null;
  return second === undefined || first[1] > second[1] * 1.3 ? first[0] : null;
}

/** Calls a participant by what they are called; only a whole name or a capitalised part of one counts. */
function callOf(participants: Participants): RegExp | null {
  return participants.pattern === null
    ? null
    : new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${participants.pattern})(?![\p{L}\p{N}])`, 'giu');
}

function callsSomebody(text: string, call: RegExp | null): boolean {
  if (call === null) return false;
  for (const match of text.matchAll(call)) {
    if (/\s/u.test(match[0]) || /^[\p{Lu}\p{Script=Han}]/u.test(match[0])) return true;
  }
  return false;
}

/** One row per sentence, in order of {@link FEATURE_NAMES}. */
export function actionFeatures(sentences: readonly Sentence[], participants: Participants): Float64Array[] {
  const call = callOf(participants);
  const shown = sentences.map(({ text }): Shown => {
    const plain = text.replaceAll('’', "'");
    return {
      cues: new Set(CUE_PATTERNS.filter(([, pattern]) => pattern.test(plain)).map(([cue]) => cue)),
      due: dueIn(plain) !== null,
      calls: callsSomebody(plain, call),
    };
  });
  const chair = chairOf(sentences);
  const words = new Map<string, number>();
  const turnWords = new Map<number, number>();
  let total = 0;
  for (const { speakerKey, length, turn } of sentences) {
    words.set(speakerKey, (words.get(speakerKey) ?? 0) + length);
    turnWords.set(turn, (turnWords.get(turn) ?? 0) + length);
    total += length;
  }
  const aroundCue = AROUND.map((cue) => around(shown, ({ cues }) => cues.has(cue)));
  const aroundCall = around(shown, ({ calls }) => calls);
  const aroundDue = around(shown, ({ due }) => due);
  const closings = sentences.map(({ text }) => (CLOSING.test(text) ? 1 : 0));
  const rowOf = (sentence: Sentence, at: number): Float64Array => {
    const own = shown[at];
    const has = (cue: Cue): number => (own?.cues.has(cue) === true ? 1 : 0);
    const others = sentences
      .slice(at + 1, at + 4)
      .filter(({ speakerKey, turn }) =>
        sentence.speaker.kind === 'unnamed' ? turn !== sentence.turn : speakerKey !== sentence.speakerKey,
      );
    const position = sentences.length < 2 ? 0 : at / (sentences.length - 1);
    const ahead = closings.slice(at, at + CLOSING_REACH).reduce<number>((sum, value) => sum + value, 0);
    const isYou = has('youFuture') || has('youDoing') || has('wantYou') || has('youShould') || has('request');
    const isFuture = isYou || has('iFuture') || has('weFuture') || has('otherFuture');
    const calls = own?.calls === true ? 1 : 0;
    const due = own?.due === true ? 1 : 0;
    return Float64Array.from([
      ...CUE_NAMES.map((cue) => (own?.cues.has(cue) === true ? 1 : 0)),
      Math.min(3, Math.log1p(sentence.length) / 2),
      sentence.length < 4 ? 1 : 0,
      isQuestion(sentence) ? 1 : 0,
      due,
      calls,
      isBackchannel(sentence.text) ? 1 : 0,
      chair !== null && chair === sentence.speakerKey ? 1 : 0,
      total === 0 ? 0 : (words.get(sentence.speakerKey) ?? 0) / total,
      others.some(({ text }) => accepts(text)) ? 1 : 0,
      others.length > 0 ? 1 : 0,
      Math.max(0, position - 0.5) * 2,
      Math.exp(-(sentences.length - 1 - at) / 60),
      Math.min(1, ahead / 4),
      Math.min(2, Math.log1p(turnWords.get(sentence.turn) ?? 0) / 3),
      isYou && has('workOn'),
      isFuture && has('workOn'),
      calls && (has('workOn') || isFuture) ? 1 : 0,
      isYou && (due || has('nextMeeting')) ? 1 : 0,
      ...aroundCue.map((count) => Math.min(2, count(at, NEAR)) / 2),
      Math.min(2, aroundCall(at, NEAR)) / 2,
      Math.min(2, aroundDue(at, NEAR)) / 2,
      ...aroundCue.map((count) => Math.min(6, count(at, REGION)) / 6),
      Math.min(4, aroundCall(at, REGION)) / 4,
      Math.min(4, aroundDue(at, REGION)) / 4,
    ]);
  };
  return sentences.map(rowOf);
}
