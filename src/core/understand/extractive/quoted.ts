/** Several sentences as one quotation. */
import type { Sentence } from './sentences.ts';

/** Sentences side by side; between sentences that do not touch stands an ellipsis. */
export function quoted(sentences: readonly Sentence[]): string {
  let text = '';
  for (const [at, sentence] of sentences.entries()) {
    const previous = sentences[at - 1];
    const han = /[\p{Script=Han}。！？，]$/u.test(text) && /^\p{Script=Han}/u.test(sentence.text);
    if (previous === undefined) text = sentence.text;
    else if (previous.index + 1 === sentence.index) text += han ? sentence.text : ` ${sentence.text}`;
    else text += han ? `……${sentence.text}` : ` … ${sentence.text}`;
  }
  return text;
}
