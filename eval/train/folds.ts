const FOLDS = 11;

/** Meetings dealt out into parts, each with what was learned from all others. */
export const crossValidated = <Case, Learned>(
  cases: readonly Case[],
  meetingOf: (of: Case) => string,
  learn: (from: readonly Case[]) => Learned,
): readonly { readonly held: Case; readonly learned: Learned }[] => {
  const names = [...new Set(cases.map(meetingOf))];
  const foldOf = new Map(names.map((name, at) => [name, at % FOLDS]));
  const learnedWithout = new Map<number, Learned>();
  return cases.map((held) => {
    const fold = foldOf.get(meetingOf(held)) ?? 0;
    const learned = learnedWithout.get(fold) ?? learn(cases.filter((other) => foldOf.get(meetingOf(other)) !== fold));
    learnedWithout.set(fold, learned);
    return { held, learned };
  });
};
