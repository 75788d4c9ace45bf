/** When not to believe the recogniser: it was trained on subtitles and writes "Thank you." under noise and silence. */
import type { SuppressionReason } from '../../../core/model.ts';

export interface Evidence {
  readonly text: string;
  /** Probability the model gave to "no speech", 0 to 1; undefined when the server does not say. */
  readonly noSpeech: number | undefined;
  /** Mean natural log-probability per token, the end included; undefined when the server does not say. */
  readonly averageLogProbability: number | undefined;
  /** Undefined when the server does not say how many there were. */
  readonly tokensPerSecond?: number;
  readonly looped: boolean;
}

/**
 * "No speech" needs both doubts, as in Whisper's own transcribe.py: quiet speech alone often raises the first.
 * https://github.com/openai/whisper/blob/main/whisper/transcribe.py
 */
const NO_SPEECH = 0.6;
const DOUBTFUL = -1;
/** Under digital silence the model is certain of it and still writes "you", half convinced. */
const SURELY_NO_SPEECH = 0.85;
const HALF_CONVINCED = -0.5;
/** Words this unlikely are guesses whatever the model says of speech. */
const GUESSING = -1.6;
/** Speech has three tokens a second and more; a doubtful word in ten seconds is a noise that sounded like one. */
const SPARSE_TOKENS_PER_SECOND = 1;
const SPARSE_DOUBTFUL = -0.7;

/** Why the words must be withheld; undefined when they may be shown. */
export function judge(evidence: Evidence): SuppressionReason | undefined {
  if (evidence.looped) return 'repetition';
  // Only signs and spaces: "...", "♪".
  if (!/[\p{L}\p{N}]/u.test(evidence.text)) return 'empty';
  const average = evidence.averageLogProbability;
  if (average === undefined) return undefined;
  const noSpeech = evidence.noSpeech ?? 0;
  if (noSpeech > NO_SPEECH && average < DOUBTFUL) return 'no-speech';
  if (noSpeech > SURELY_NO_SPEECH && average < HALF_CONVINCED) return 'no-speech';
  if (average < GUESSING) return 'low-confidence';
  const density = evidence.tokensPerSecond ?? Number.POSITIVE_INFINITY;
  if (density < SPARSE_TOKENS_PER_SECOND && average < SPARSE_DOUBTFUL) return 'low-confidence';
  return undefined;
}
