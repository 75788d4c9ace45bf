/**
 * Written by eval/train/salience.ts: what summaries of English meetings (QMSum) and of stretches of Chinese talks
 * (VCSum) named and rested on.
 */
/* oxlint-disable oxc/approx-constant -- fitted numbers; what they come near to is an accident */
import type { SalienceModel, SalienceModels } from './salience-model.ts';

const APART: SalienceModel = {
  terms: {
    bias: -1.777,
    weights: [
      0.205, // frequency
      0.4828, // rate
      -0.02793, // rate squared
      1.641, // spread
      0.1268, // speakers
      0.1784, // capitals
      0.1938, // in telling sentences
      0.7607, // letters
      -0.693, // short
      0.03111, // once
      0.6106, // number
      -0.4847, // rank
      0.335, // abstract
      -0.5542, // frequent and spread
    ],
  },
  sentences: {
    bias: -3.07,
    weights: [
      -1.389, // place
      0.6356, // place squared
      0.7232, // opening
      -1.287, // closing
      -0.1172, // length
      0.01165, // long
      0.06632, // recurring terms
      0.02163, // terms of its surroundings
      0.8369, // share of content
      0.06208, // question
      0.3154, // cue
      0.4343, // must
      0.4633, // settles
      0.29, // looks ahead
      0.2007, // hedged
      0.5615, // aside
      -0.1332, // points back
      -0.09969, // dangles
      -0.02396, // has a verb
      0.1395, // number
      -0.2878, // name
      0.1202, // opener
      0.09625, // small beginning
      1.119, // speaker share
      -0.1189, // ends its turn
      -0.07186, // next is assent
      -0.00637, // answers
      -1.629, // speaker words
      -0.4767, // listener words
      1.209, // group words
      0.9387, // naming words
      -0.5803, // pointing words
      -0.0941, // joining words
      1.497, // relating words
    ],
  },
};

const JOINED: SalienceModel = {
  terms: {
    bias: -6.554,
    weights: [
      0.6363, // frequency
      0.9358, // rate
      0.05344, // rate squared
      -1.099, // spread
      0.1855, // speakers
      -0.7188, // capitals
      0.2268, // in telling sentences
      2.182, // letters
      1.896, // short
      -0.009968, // once
      -1.765, // number
      0.1294, // rank
      -4.866, // abstract
      0.5925, // frequent and spread
    ],
  },
  sentences: {
    bias: -2.422,
    weights: [
      0.06319, // place
      -0.1482, // place squared
      -0.2668, // opening
      -0.1176, // closing
      0.285, // length
      0.05547, // long
      0.1656, // recurring terms
      0.0394, // terms of its surroundings
      -0.3127, // share of content
      -0.4684, // question
      0.5757, // cue
      0.4933, // must
      -0.2802, // settles
      0.01803, // looks ahead
      0.03436, // hedged
      -0.9991, // aside
      0.04816, // points back
      -0.3354, // dangles
      0, // has a verb
      -0.09274, // number
      -0.611, // name
      -0.2068, // opener
      -0.2926, // small beginning
      0.3385, // speaker share
      0.1938, // ends its turn
      -0.2252, // next is assent
      -0.09942, // answers
      -3.966, // speaker words
      -8.431, // listener words
      -1.612, // group words
      1.482, // naming words
      -0.2603, // pointing words
      0.3386, // joining words
      0.3873, // relating words
    ],
  },
};

export const SALIENCE: SalienceModels = { apart: APART, joined: JOINED };
