// Written by eval/train/retrieval.ts: weights on features of mean 0 and deviation 1, fitted on QMSum's questions.
import type { RankWeights } from './features.ts';

export const LEXICAL_WEIGHTS: RankWeights = {
  focus: 0.416,
  coverage: 0.282,
  phrase: 0.236,
  kindred: 0.217,
  before: 0.14,
  after: -0.106,
  around: 0.508,
  share: 0.769,
  spoke: 0.726,
  turns: 0.069,
  variety: 0.218,
  early: -0.228,
  late: -0.342,
};

export const DENSE_WEIGHTS: RankWeights = {
  focus: 0.398,
  coverage: 0.427,
  phrase: 0.141,
  kindred: -0.116,
  before: 0.014,
  after: -0.197,
  around: 0.391,
  share: 0.607,
  spoke: 0.641,
  turns: 0.148,
  variety: 0.199,
  early: -0.17,
  late: -0.28,
  window: 0.27,
  windowMean: -0.126,
  windowBefore: 0.023,
  windowAfter: -0.096,
  windowAround: 0.391,
  sentence: 0.196,
  sentences: 0.29,
  speakerSentence: 0.287,
};
