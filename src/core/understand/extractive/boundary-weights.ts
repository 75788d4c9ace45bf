import type { BoundaryModel } from './boundary-model.ts';

/** Written by eval/train/chapters.ts: run it again whenever the features change. */
export const BOUNDARY_WEIGHTS: BoundaryModel = {
  weights: [
    0.1101, // words 30 low
    0.0676, // words 30 deep
    0.0112, // topics 30 low
    -0.0244, // topics 30 deep
    0.1358, // words 80 low
    0.0263, // words 80 deep
    0.0399, // topics 80 low
    0.0474, // topics 80 deep
    0.0293, // words 180 low
    -0.004, // words 180 deep
    -0.019, // topics 180 low
    0.0621, // topics 180 deep
    -0.0086, // words 400 low
    0.0158, // words 400 deep
    0.058, // topics 400 low
    0.0235, // topics 400 deep
    0.1111, // words 0.04 low
    0.0355, // words 0.04 deep
    0.014, // topics 0.04 low
    -0.0099, // topics 0.04 deep
    -0.0161, // words 0.1 low
    -0.0083, // words 0.1 deep
    0.0196, // topics 0.1 low
    0.0082, // topics 0.1 deep
    -0.1015, // words 0.2 low
    0.0322, // words 0.2 deep
    0.0969, // topics 0.2 low
    0.0379, // topics 0.2 deep
    0.0793, // news 40
    -0.0512, // news 120
    -0.0578, // news 300
    0.0305, // begun 150
    0.0544, // ended 150
    0.1412, // begun 400
    0.022, // ended 400
    0.032, // attention
    0.0147, // attentionTwice
    0.0118, // order
    0.0123, // parts
    -0.015, // handingOver
    -0.0093, // settingOut
    0.0435, // bringingUp
    0.0254, // thanks
    0.003, // clock
    -0.0097, // pointsBack
    0.0314, // address
    0.0096, // announced
    -0.0062, // outright
    0.1326, // cues
    0.0304, // cues around
    -0.0318, // cues before
    0.0432, // ended by
    0.1005, // endings around
    -0.0083, // after a question
    -0.0011, // asks
    0.1016, // takeover 120
    0.0827, // takeover 400
    -0.0101, // takeover 1000
    0.0284, // takeover 0.04
    0.0679, // takeover 0.1
    0.0581, // takeover 0.2
    -0.0384, // same speaker
    0.0576, // leader
    0.0248, // leader before
    0.1738, // leader calls
    0.1005, // away
    0.1015, // away next
    0.1025, // length
    0.0259, // length before
    0.1503, // length ahead
    0.0311, // long
    -0.0162, // tiny
    -0.0119, // listening
    0.019, // pause
    -0.0079, // opening 40
    -0.0013, // closing 40
    -0.0045, // opening 250
    -0.0263, // closing 250
    0.0396, // shift
    0.0738, // shift and cue
    -0.0092, // shift and leader
    0.0664, // cue and length
  ],
  count: { base: -0.3668, words: 0.2708, turns: -0.1039 },
};
