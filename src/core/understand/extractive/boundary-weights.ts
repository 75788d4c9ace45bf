import type { BoundaryModel } from './boundary-model.ts';

/** Written by eval/train/chapters.ts: run it again whenever the features change. */
export const BOUNDARY_WEIGHTS: BoundaryModel = {
  weights: [
    0.114, // words 30 low
    0.0768, // words 30 deep
    0.0082, // topics 30 low
    -0.0436, // topics 30 deep
    0.1389, // words 80 low
    0.0199, // words 80 deep
    0.0462, // topics 80 low
    0.0414, // topics 80 deep
    0.0342, // words 180 low
    -0.0033, // words 180 deep
    -0.0147, // topics 180 low
    0.0402, // topics 180 deep
    -0.0095, // words 400 low
    0.0122, // words 400 deep
    0.0476, // topics 400 low
    0.0484, // topics 400 deep
    0.1099, // words 0.04 low
    0.0399, // words 0.04 deep
    0.0138, // topics 0.04 low
    -0.0181, // topics 0.04 deep
    -0.0169, // words 0.1 low
    -0.0044, // words 0.1 deep
    0.019, // topics 0.1 low
    0.0304, // topics 0.1 deep
    -0.0989, // words 0.2 low
    0.0222, // words 0.2 deep
    0.101, // topics 0.2 low
    0.0161, // topics 0.2 deep
    0.0823, // news 40
    -0.0505, // news 120
    -0.0564, // news 300
    0.0338, // begun 150
    0.0578, // ended 150
    0.1412, // begun 400
    0.0255, // ended 400
    0.0323, // attention
    0.0152, // attentionTwice
    0.0123, // order
    0.0109, // parts
    -0.0139, // handingOver
    -0.008, // settingOut
    0.0417, // bringingUp
    0.0259, // thanks
    0.0029, // clock
    -0.0088, // pointsBack
    0.0314, // address
    0.0098, // announced
    -0.0061, // outright
    0.1322, // cues
    0.0323, // cues around
    -0.0334, // cues before
    0.0436, // ended by
    0.0962, // endings around
    -0.0085, // after a question
    0.0017, // asks
    0.0995, // takeover 120
    0.0867, // takeover 400
    -0.0121, // takeover 1000
    0.0331, // takeover 0.04
    0.0661, // takeover 0.1
    0.0567, // takeover 0.2
    -0.0384, // same speaker
    0.0569, // leader
    0.0239, // leader before
    0.175, // leader calls
    0.1061, // away
    0.097, // away next
    0.1058, // length
    0.0254, // length before
    0.1538, // length ahead
    0.0313, // long
    -0.0179, // tiny
    -0.0122, // listening
    0.0191, // pause
    -0.0081, // opening 40
    -0.0015, // closing 40
    -0.0039, // opening 250
    -0.026, // closing 250
    0.0392, // shift
    0.0768, // shift and cue
    -0.0114, // shift and leader
    0.0665, // cue and length
  ],
  count: { base: -0.3655, words: 0.2707, turns: -0.1042 },
};
