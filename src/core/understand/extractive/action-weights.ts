import type { ActionWeights } from './action-score.ts';

/** Written by eval/train/actions.ts: run it again whenever the features change. */
export const ACTION_WEIGHTS: ActionWeights = {
  weights: [
    0.528, // youFuture
    0.213, // youDoing
    -0.309, // youShould
    0.464, // wantYou
    0.185, // iFuture
    0.393, // iMust
    -0.175, // weFuture
    -0.008, // weMust
    0.049, // otherFuture
    0.232, // request
    0.308, // imperative
    0.757, // workOn
    0.232, // deliver
    -0.119, // meta
    0.122, // nextMeeting
    0.269, // meantime
    0.71, // together
    -0.566, // hypothetical
    -0.163, // negated
    -0.036, // opinion
    -0.255, // past
    -0.032, // impersonal
    0.534, // listing
    -0.084, // us
    -0.361, // now
    -0.366, // explaining
    -0.121, // courtesy
    -0.124, // ownIdea
    0.655, // long
    -0.322, // short
    -0.097, // question
    -0.163, // due
    0.894, // calls
    -0.259, // backchannel
    0.97, // chair
    0.082, // share
    -0.025, // assent
    0.202, // answered
    1.669, // late
    0.594, // last
    0.646, // closing
    0.92, // turnLength
    0.925, // youWork
    0.682, // futureWork
    0.426, // callsWork
    -0.014, // youDue
    1.157, // near youFuture
    0.293, // near youDoing
    0.379, // near youShould
    0.75, // near wantYou
    0.379, // near iFuture
    0.054, // near otherFuture
    0.443, // near request
    0.848, // near workOn
    0.777, // near meta
    0.112, // near nextMeeting
    -0.073, // near meantime
    0.976, // near together
    -0.035, // near past
    -0.078, // near impersonal
    -0.277, // near courtesy
    -0.204, // near us
    0.512, // near calls
    0.166, // near due
    0.689, // region youFuture
    0.086, // region youDoing
    -0.046, // region youShould
    0.505, // region wantYou
    0.338, // region iFuture
    -0.094, // region otherFuture
    0.228, // region request
    1.096, // region workOn
    0.786, // region meta
    0.695, // region nextMeeting
    -0.001, // region meantime
    0.642, // region together
    0.168, // region past
    -0.433, // region impersonal
    -0.081, // region courtesy
    0.366, // region us
    0.272, // region calls
    0.699, // region due
  ],
  bias: -8.443,
  threshold: 0.098,
};
