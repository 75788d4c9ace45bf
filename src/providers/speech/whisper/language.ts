/** Which language is spoken: the decoder's first step scores a token per language. */

export interface Detection {
  readonly language: string;
  /** Share of the probability among all languages, 0 to 1. */
  readonly probability: number;
}

/** Below this share the detection is not trusted when there is a language to fall back on. */
const SURE = 0.6;

/** `row`: logits after the start token. `tokens`: language code to token id. */
export function detectLanguage(row: Float32Array, tokens: ReadonlyMap<string, number>): Detection {
  let language = 'en';
  let highest = Number.NEGATIVE_INFINITY;
  for (const [code, id] of tokens) {
    const logit = row[id] ?? Number.NEGATIVE_INFINITY;
    if (logit > highest) {
      highest = logit;
      language = code;
    }
  }
  let mass = 0;
  for (const id of tokens.values()) mass += Math.exp((row[id] ?? Number.NEGATIVE_INFINITY) - highest);
  return { language, probability: 1 / mass };
}

/** The language to write in: what was detected, unless that is a guess and something likelier is known. */
export function settleLanguage(detected: Detection, likely: string | undefined): string {
  return likely !== undefined && detected.probability < SURE ? likely : detected.language;
}

/** Probability of one token after softmax over the whole row. */
export function probabilityOf(row: Float32Array, token: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const logit of row) if (logit > highest) highest = logit;
  let mass = 0;
  for (const logit of row) mass += Math.exp(logit - highest);
  return Math.exp((row[token] ?? Number.NEGATIVE_INFINITY) - highest) / mass;
}
