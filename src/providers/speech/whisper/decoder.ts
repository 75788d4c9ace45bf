/** Greedy decoding of one segment: the likeliest token every time, until the end, the cap, or a loop. */
import type { Step } from './session.ts';

export interface DecodingRules {
  readonly end: number;
  /** 1 for every token that may be chosen; its length is the vocabulary's. */
  readonly allowed: Uint8Array;
  /** Tokens that may not come first, e.g. the end. */
  readonly notFirst: ReadonlySet<number>;
  /** Most tokens to choose. */
  readonly cap: number;
}
export interface Decoded {
  /** Without the end token. */
  readonly tokens: readonly number[];
  /** Natural logarithm of each token's probability among the allowed ones; the end's comes last when it was reached. */
  readonly logProbabilities: readonly number[];
  readonly ending: 'end' | 'cap' | 'repetition';
  /** For each log-probability, `Step.attention` at the moment the token was chosen. */
  readonly attention: readonly (readonly Float32Array[])[];
}

/** `first` is what followed the prompt; `next` gives what follows a token. */
export async function decodeGreedily(
  first: Step,
  next: (token: number) => Promise<Step>,
  rules: DecodingRules,
): Promise<Decoded> {
  const tokens: number[] = [];
  const logProbabilities: number[] = [];
  const attention: (readonly Float32Array[])[] = [];
  let step = first;
  for (;;) {
    const choice = choose(step, rules, tokens.length === 0);
    logProbabilities.push(choice.logProbability);
    attention.push(step.attention);
    if (choice.token === rules.end) return { tokens, logProbabilities, attention, ending: 'end' };
    tokens.push(choice.token);
    if (isLooping(tokens)) return { tokens, logProbabilities, attention, ending: 'repetition' };
    if (tokens.length >= rules.cap) return { tokens, logProbabilities, attention, ending: 'cap' };
    step = await next(choice.token);
  }
}

function choose(
  step: Step,
  rules: DecodingRules,
  isFirst: boolean,
): { readonly token: number; readonly logProbability: number } {
  const { logits } = step;
  const { allowed } = rules;
  const vocabulary = allowed.length;
  const from = (step.rows - 1) * vocabulary;
  let token = rules.end;
  let highest = Number.NEGATIVE_INFINITY;
  for (let id = 0; id < vocabulary; id++) {
    const logit = logits[from + id] ?? Number.NEGATIVE_INFINITY;
    if (logit > highest && allowed[id] === 1 && !(isFirst && rules.notFirst.has(id))) {
      highest = logit;
      token = id;
    }
  }
  let mass = 0;
  for (let id = 0; id < vocabulary; id++) {
    const distance = (logits[from + id] ?? Number.NEGATIVE_INFINITY) - highest;
    // e^-20 is less than a float's resolution of the sum: most words are that unlikely, and exp is what costs here.
    if (distance > -20 && allowed[id] === 1 && !(isFirst && rules.notFirst.has(id))) mass += Math.exp(distance);
  }
  return { token, logProbability: -Math.log(mass) };
}

/** Longest run of tokens taken for one repeated unit. */
const LONGEST_UNIT = 12;

/**
 * True when the end of `tokens` is one unit over and over: five times for a single token ("no, no, no, no" is speech),
 * four times for short units, three times for units of six tokens or more, which nobody says thrice in one breath.
 */
export function isLooping(tokens: readonly number[]): boolean {
  for (let unit = 1; unit <= LONGEST_UNIT; unit++) {
    const times = unit === 1 ? 5 : unit < 6 ? 4 : 3;
    if (tokens.length < unit * times) continue;
    let same = true;
    for (let back = 1; same && back <= unit * (times - 1); back++) {
      same = tokens[tokens.length - back] === tokens[tokens.length - back - unit];
    }
    if (same) return true;
  }
  return false;
}
