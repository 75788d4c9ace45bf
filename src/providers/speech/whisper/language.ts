/** Which language is spoken: the decoder's first step scores a token per language. */

export interface Detection {
  readonly language: string;
  /** Share of the probability among the languages that can be detected, 0 to 1. */
  readonly probability: number;
  /** The second likeliest language; undefined when there is only one to choose from. */
  readonly runnerUp: string | undefined;
}

/** The model answers Latin and Sanskrit for accented English; they must be asked for to be heard. */
const notDetected: ReadonlySet<string> = new Set(['la', 'sa']);

/** Below this share the detection is not trusted when there is a language to fall back on. */
const SURE = 0.6;

/** `row`: logits after the start token. `tokens`: language code to token id. */
export function detectLanguage(row: Float32Array, tokens: ReadonlyMap<string, number>): Detection {
  const scored = [...tokens]
    .filter(([code]) => !notDetected.has(code))
    .map(([code, id]) => ({ code, logit: row[id] ?? Number.NEGATIVE_INFINITY }))
    .toSorted((a, b) => b.logit - a.logit);
  const [best, second] = scored;
  if (best === undefined) return { language: 'und', probability: 0, runnerUp: undefined };
  const mass = scored.reduce((sum, { logit }) => sum + Math.exp(logit - best.logit), 0);
  return { language: best.code, probability: 1 / mass, runnerUp: second?.code };
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
