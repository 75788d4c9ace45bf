/** Sentences that a recogniser joined with commas: "That is good news, can we still launch in March?" is two. */

const VERB = String.raw`(?:am|is|are|was|were|has|have|had|do|does|did|can|could|will|would|shall|should|may|might|must|needs?|want|agree|cannot|won't|can't|don't|didn't|doesn't|isn't|aren't|wasn't)`;
const PRONOUN = String.raw`(?:i|we|you|he|she|they|it|this|that|there)`;
const SHORT_FORM = String.raw`(?:i|we|you|he|she|they|it|that|there)'(?:m|s|re|ve|ll|d)`;
const NAME = String.raw`(?:\p{Lu}[\p{L}-]*,\s+)?`;

/** What can only begin a main clause of its own: a question's word order, a subject with its verb, a request, thanks. */
const BEGINS_QUESTION = new RegExp(
  String.raw`^${NAME}(?:and |so |but )?(?:${VERB}\s+(?:${PRONOUN}|the|our|your|my|anyone|everyone)\b|(?:what|who|when|where|why|which|how)\b)`,
  'iu',
);
const BEGINS_STATEMENT = new RegExp(
  String.raw`^(?:today\s+|now\s+|then\s+)?(?:${SHORT_FORM}\b|${PRONOUN}\s+${VERB}\b|(?:let us|let's)\b|${NAME}please\s+\p{Ll}|(?:the|our|my|your|this|that)\s+(?:\p{L}+\s+){1,3}?(?:is|are|was|were|has|have|had|can|will|would|should|must|needs?|still)\b)`,
  'iu',
);
/** The clause before must be able to stand alone: a verb of its own, nothing it hangs on, no mere opinion marker. */
const FINITE = new RegExp(String.raw`\b(?:${VERB}|${SHORT_FORM}|let us|let's)\b|\b${PRONOUN}\s+\p{L}+`, 'iu');
const HANGS_ON =
  /\b(?:if|when|whenever|while|because|since|as|although|though|once|unless|until|after|before|whether|even|which|who|whose|where|what|how|why|whatever|in order)\b/iu;
const FRAMES =
  /\b(?:(?:i|we|you|they|he|she) (?:just |really |also |would )?(?:think|thought|guess|mean|know|believe|suppose|hope|say|said|feel|see|find|assume)|(?:is|was|means?|be|says?|said) that|that is|the (?:thing|point|question|problem) is)$/iu;
const STANDS_ALONE = /^(?:thank you|thanks|good (?:morning|afternoon|evening)|hello|welcome)\b/iu;
/** The month, which is spelled like the verb. */
const MONTH_OF_MAY = /\b(?:in|of|on|by|since|until|till|next|last|early|late|mid) May\b|\bMay \d/gu;
/** A clause of fewer words is an interjection or a name, which belongs to what follows. */
const LEAST_WORDS = 3;

function stands(clause: string): boolean {
  if (STANDS_ALONE.test(clause)) return true;
  if (clause.split(/\s+/u).length < LEAST_WORDS) return false;
  return FINITE.test(clause.replace(MONTH_OF_MAY, '')) && !HANGS_ON.test(clause) && !FRAMES.test(clause);
}

/**
 * The sentence in the pieces that stand alone, without the commas between them; one piece where a comma only separates
 * clauses. A decision announced before a comma stays with what was decided.
 */
export function splitAtSplices(sentence: string): string[] {
  if (!sentence.includes(', ')) return [sentence];
  const pieces: string[] = [];
  let start = 0;
  for (const match of sentence.matchAll(/,\s+/gu)) {
    const clause = sentence.slice(start, match.index).trim();
    const rest = sentence.slice(match.index + match[0].length);
    const begins = (/\?\s*$/u.test(rest) && BEGINS_QUESTION.test(rest)) || BEGINS_STATEMENT.test(rest);
    // Whoever is named last in the thanks is the one asked.
    if (/^please\b/iu.test(rest) && STANDS_ALONE.test(clause)) continue;
    if (!begins || !stands(clause) || /\b(?:decided|agreed|decision|decide)$/iu.test(clause)) continue;
    pieces.push(clause);
    start = match.index + match[0].length;
  }
  pieces.push(sentence.slice(start).trim());
  return pieces.filter((piece) => piece !== '');
}
