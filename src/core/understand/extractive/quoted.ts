/** Several sentences as one quotation. */
import { asSentence, withoutOpener } from './clean.ts';
import type { Sentence } from './sentences.ts';

/** Sentences side by side, a comma put back where a recogniser had joined them by one; between sentences that do not touch stands an ellipsis. */
export function quoted(sentences: readonly Sentence[]): string {
  let text = '';
  for (const [at, sentence] of sentences.entries()) {
    const previous = sentences[at - 1];
    const han = /[\p{Script=Han}。！？，]$/u.test(text) && /^\p{Script=Han}/u.test(sentence.text);
    if (previous === undefined) text = alone(sentence);
    else if (previous.index + 1 === sentence.index)
      text += han ? sentence.text : `${sentence.spliced && !/[.,;:!?]$/u.test(text) ? ',' : ''} ${sentence.text}`;
    else text += han ? `……${sentence.text}` : ` … ${sentence.text}`;
  }
  return text;
}

/** The sentence by itself, with a capital where a comma stood before it. */
export function alone(sentence: Sentence): string {
  return sentence.spliced ? asSentence(sentence.text) : sentence.text;
}

/** The sentence as a point in a list: by itself, and without the words that tied it to what came before. */
export function pointOf(sentence: Sentence): string {
  return withoutOpener(alone(sentence));
}
