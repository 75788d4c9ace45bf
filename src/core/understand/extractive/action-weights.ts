import type { ActionWeights } from './action-score.ts';

/** Written by eval/train/actions.ts: run it again whenever the features change. */
export const ACTION_WEIGHTS: ActionWeights = {
  weights: [
    0.524, // youFuture
    0.21, // youDoing
    -0.309, // youShould
    0.457, // wantYou
    0.186, // iFuture
    0.392, // iMust
    -0.178, // weFuture
    -0.008, // weMust
    0.05, // otherFuture
    0.233, // request
    0.307, // imperative
    0.758, // workOn
    0.23, // deliver
    -0.116, // meta
    0.11, // nextMeeting
    0.266, // meantime
    0.702, // together
    -0.564, // hypothetical
    -0.159, // negated
    -0.035, // opinion
    -0.254, // past
    -0.034, // impersonal
    0.527, // listing
    -0.083, // us
    -0.366, // now
    -0.37, // explaining
    -0.122, // courtesy
    -0.123, // ownIdea
    0.654, // long
    -0.322, // short
    -0.096, // question
    -0.054, // due
    0.887, // calls
    -0.259, // backchannel
    0.963, // chair
    0.079, // share
    -0.025, // assent
    0.207, // answered
    1.665, // late
    0.59, // last
    0.64, // closing
    0.92, // turnLength
    0.924, // youWork
    0.683, // futureWork
    0.423, // callsWork
    -0.015, // youDue
    1.145, // near youFuture
    0.291, // near youDoing
    0.378, // near youShould
    0.744, // near wantYou
    0.382, // near iFuture
    0.042, // near otherFuture
    0.444, // near request
    0.849, // near workOn
    0.777, // near meta
    0.088, // near nextMeeting
    -0.079, // near meantime
    0.973, // near together
    -0.035, // near past
    -0.083, // near impersonal
    -0.277, // near courtesy
    -0.203, // near us
    0.504, // near calls
    0.168, // near due
    0.678, // region youFuture
    0.083, // region youDoing
    -0.045, // region youShould
    0.501, // region wantYou
    0.337, // region iFuture
    -0.104, // region otherFuture
    0.228, // region request
    1.096, // region workOn
    0.783, // region meta
    0.669, // region nextMeeting
    -0.007, // region meantime
    0.637, // region together
    0.17, // region past
    -0.441, // region impersonal
    -0.082, // region courtesy
    0.372, // region us
    0.259, // region calls
    0.885, // region due
  ],
  bias: -8.447,
  threshold: 0.102,
};
