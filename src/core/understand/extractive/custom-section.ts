/** Sections that a template asks for, filled with the sentences that its cues give away. */
import { cited } from '../../cite.ts';
import type { Cited, MinutesSection, Template } from '../../model.ts';
import { isQuestion } from './question-form.ts';
import { alone } from './quoted.ts';
import type { Sentence } from './sentences.ts';
import { pick, salience } from './weights.ts';
import type { Weights } from './weights.ts';
import { normalise, stem, tokenise } from './words.ts';

/** Sentences in a section, by the length that the template asks for. */
const MOST_ITEMS: Readonly<Record<Template['length'], number>> = { short: 3, medium: 5, long: 8 };
/** A cue in a question asks after the thing rather than tells it. */
const QUESTION_WEIGHT = 0.5;

/** Ends in a participle that may tell of something finished: "deployed", "is done". */
const PARTICIPLE = /(?:ed|done|sent|built|written|made|found|broken)$/u;
const ZH_COMPLETED = /^已|了$/u;
/** Says of the words right behind it that they do not hold. */
const DENIES =
  /(?:\b(?:not?|never|nothing|nobody|none|no longer|hardly)|n['’]t)(?: (?:any|yet|been|be|is|was|are|were|has|have|really|very|a|an|at all|fully|quite|get|got|getting))*\s*$/iu;
const ZH_DENIES = /[没未不别](?:有)?(?:被)?$/u;
/** Anywhere before in the clause: what is told is still to come, wished for, or did not happen. */
const NOT_YET =
  /\b(?:will|shall|would|should|must|may|might|could|needs?|have to|has to|going to|gonna|wants?|wanted|plan(?:s|ned|ning)?|hopes?|hoping|tr(?:y|ies|ied|ying)|please|let's|let us|can (?:you|we|be)|if|until|till|unless|not(?! (?:only|just))|never|nothing|nobody|none|cannot|almost|nearly)\b|['’]ll\b|n['’]t\b/iu;
const ZH_NOT_YET = /没|未|如果|等(?!级)|请|麻烦|(?<![主重])要|会(?!议)|打算|将/u;
/** Where a clause begins that no longer hangs on what was said before. */
const NEW_CLAUSE =
  /[,;:，；：。]|\b(?:but|say|said|think|know|that)\b|\b(?:and|so|because|then) (?=(?:i|we|he|she|they|it|the|my|our)\b)/giu;
/** After a cue that ends in its subject ("yesterday I"), how far its verb may be denied, in characters. */
const VERB_REACH = 20;

interface Cue {
  /** Words in their stems, so that "waiting for" is found in "we waited for"; scripts without spaces as one string. */
  readonly stems: readonly string[];
  readonly joined: string | null;
  /** Tells of something done: no plan, request, condition or question gives it away. */
  readonly completes: boolean;
  readonly endsInSubject: boolean;
}

function cueOf(text: string): Cue {
  const tokens = tokenise(text);
  const joined = tokens.some(({ kind }) => kind === 'joined') ? normalise(text) : null;
  const last = tokens.at(-1)?.norm ?? '';
  return {
    stems: tokens.map(({ norm }) => stem(norm)),
    joined,
    completes: joined === null ? PARTICIPLE.test(last) && stem(last) !== last : ZH_COMPLETED.test(joined),
    endsInSubject: joined === null ? /^(?:i|we)$/u.test(last) : joined.endsWith('我'),
  };
}

/** A verb as it is in the dictionary: "finish", "merge". */
function isBare(norm: string): boolean {
  const stemmed = stem(norm);
  return norm === stemmed || norm === `${stemmed}e`;
}

/** Places in the sentence, as offsets, where the words of a cue stand. */
function placesOf(cue: Cue, { text, tokens }: Sentence): { readonly start: number; readonly end: number }[] {
  if (cue.joined !== null) {
    const start = normalise(text).indexOf(cue.joined);
    return start < 0 ? [] : [{ start, end: start + cue.joined.length }];
  }
  if (cue.stems.length === 0) return [];
  const stems = tokens.map(({ norm }) => stem(norm));
  return tokens.flatMap((first, at) => {
    const last = tokens[at + cue.stems.length - 1];
    if (last === undefined || !cue.stems.every((part, offset) => part === stems[at + offset])) return [];
    return cue.completes && isBare(last.norm) ? [] : [{ start: first.start, end: last.end }];
  });
}

/** Whether the sentence says what the cue says; one that denies, plans, asks for or asks about it does not. */
function tells(cue: Cue, sentence: Sentence): boolean {
  const han = cue.joined !== null;
  return placesOf(cue, sentence).some(({ start, end }) => {
    const before = sentence.text.slice(0, start);
    if ((han ? ZH_DENIES : DENIES).test(before)) return false;
    if (cue.endsInSubject) {
      const verb = sentence.text.slice(end, end + VERB_REACH);
      return !(han ? /^.{0,3}[没未不]/u : /^ (?:\w+ )?(?:\w*n['’]t|not|never)\b/iu).test(verb);
    }
    if (!cue.completes) return true;
    const clause = before.split(NEW_CLAUSE).at(-1) ?? '';
    return !isQuestion(sentence) && !(han ? ZH_NOT_YET : NOT_YET).test(clause);
  });
}

function itemsOf(
  cues: readonly Cue[],
  count: number,
  sentences: readonly Sentence[],
  scores: readonly number[],
): readonly Cited[] {
  const found = sentences.map((sentence, at) => {
    const hits = cues.filter((cue) => tells(cue, sentence)).length;
    const weight = Math.sqrt(hits) * (isQuestion(sentence) ? QUESTION_WEIGHT : 1);
    return { sentence, score: hits === 0 ? 0 : weight * Math.max(scores[at] ?? 0, Number.EPSILON) };
  });
  return pick(found, count)
    .toSorted((a, b) => a.index - b.index)
    .map((sentence) => cited(alone(sentence), sentence.utterances));
}

/** The template's sections in its order; those of its own hold quotes, or nothing when no cue of theirs was said. */
export function sectionsOf(template: Template, sentences: readonly Sentence[], weights: Weights): MinutesSection[] {
  const scores = template.sections.some(({ part }) => part === 'custom') ? salience(sentences, weights) : [];
  return template.sections.map((section) => {
    if (section.part !== 'custom') return section;
    const cues = section.cues.map(cueOf);
    const items = itemsOf(cues, MOST_ITEMS[template.length], sentences, scores);
    return { part: 'custom', heading: section.heading, items };
  });
}
