/** Sections that a template asks for, filled with the sentences that its cues give away. */
import { cited } from '../../cite.ts';
import type { Cited, MinutesSection, Template } from '../../model.ts';
import { isQuestion } from './question-form.ts';
import { alone } from './quoted.ts';
import type { Sentence } from './sentences.ts';
import { pick, salience } from './weights.ts';
import type { Weights } from './weights.ts';
import { stem, tokenise } from './words.ts';

/** Sentences in a section, by the length that the template asks for. */
const MOST_ITEMS: Readonly<Record<Template['length'], number>> = { short: 3, medium: 5, long: 8 };
/** A cue in a question asks after the thing rather than tells it. */
const QUESTION_WEIGHT = 0.5;

/** Words in their stems, so that "waiting for" is found in "we waited for". Scripts without spaces as they are written. */
function stemsOf(text: string): string {
  const stems = tokenise(text).map(({ norm, kind }) => (kind === 'joined' ? `\u0000${norm}` : ` ${stem(norm)}`));
  return `${stems.join('').replaceAll('\u0000', '')} `;
}

function cuesIn(text: string, cues: readonly string[]): number {
  return cues.filter((cue) => text.includes(cue)).length;
}

function itemsOf(
  cues: readonly string[],
  count: number,
  sentences: readonly Sentence[],
  scores: readonly number[],
): readonly Cited[] {
  const found = sentences.map((sentence, at) => {
    const hits = cuesIn(stemsOf(sentence.text), cues);
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
    const cues = section.cues.map(stemsOf).map((cue) => (cue.startsWith(' ') ? cue : cue.trim()));
    const items = itemsOf(cues, MOST_ITEMS[template.length], sentences, scores);
    return { part: 'custom', heading: section.heading, items };
  });
}
