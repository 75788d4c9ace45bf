/** The baseline that the product's ranking is held against: BM25 with nothing but stop words and a few endings off. */
const STOP_WORDS = new Set(
  (
    'a an the and or but if so because as of at by for with about against between into through during before after ' +
    'above below to from up down in out on off over under again then once here there when where why how all any both ' +
    'each few more most other some such no nor not only own same than too very s t can will just don should now i me my ' +
    'myself we our ours you your yours he him his she her hers it its they them their theirs what which who whom this ' +
    'that these those am is are was were be been being have has had having do does did doing would could'
  ).split(' '),
);
const K1 = 1.2;
const B = 0.75;
const LEAST_STEM = 3;

export const plainTerms = (text: string): readonly string[] =>
  (text.toLowerCase().match(/[a-z0-9']+/gu) ?? [])
    .filter((word) => !STOP_WORDS.has(word))
    .map((word) => {
      const ending = ['ing', 'edly', 'ed', 'ies', 'es', 's', 'ly'].find(
        (end) => word.endsWith(end) && word.length - end.length >= LEAST_STEM,
      );
      return ending === undefined ? word : word.slice(0, -ending.length);
    });

/** Scores of texts for queries; the texts given as terms. */
export const plainBm25 = (documents: readonly (readonly string[])[]): ((query: string) => readonly number[]) => {
  const counts = documents.map((terms) => {
    const own = new Map<string, number>();
    for (const term of terms) own.set(term, (own.get(term) ?? 0) + 1);
    return own;
  });
  const average = documents.reduce((sum, { length }) => sum + length, 0) / Math.max(1, documents.length);
  const having = new Map<string, number>();
  for (const own of counts) for (const term of own.keys()) having.set(term, (having.get(term) ?? 0) + 1);
  return (query) => {
    const terms = plainTerms(query);
    return documents.map((document, at) =>
      terms.reduce((sum, term) => {
        const times = counts[at]?.get(term) ?? 0;
        if (times === 0) return sum;
        const rarity = Math.log(
          1 + (documents.length - (having.get(term) ?? 0) + 0.5) / ((having.get(term) ?? 0) + 0.5),
        );
        return sum + (rarity * times * (K1 + 1)) / (times + K1 * (1 - B + (B * document.length) / average));
      }, 0),
    );
  };
};

/** Positions, best first; the earlier first among equals. */
export const ordered = (scores: readonly number[]): readonly number[] =>
  [...scores.keys()].toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
