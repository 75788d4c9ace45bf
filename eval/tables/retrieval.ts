import { bestPassages, scoresOf } from '../../src/core/retrieval/rank.ts';
import { DOMAINS } from '../data/qmsum-domain.ts';
import { meanRanking, type RankingScore, scoreRanking } from '../metrics/ranking.ts';
import type { AskedPassages } from '../product/asked-passages.ts';
import { ordered, plainBm25, plainTerms } from '../product/plain-bm25.ts';
import { crossValidated } from '../train/folds.ts';
import { type RankCase, type RankKind, rankCases, trainRanking } from '../train/retrieval-training.ts';
import { asCount, asDecimal, type Cell, type Table } from './table.ts';

interface Scored {
  readonly domain: string;
  readonly score: RankingScore;
}

const scored = (rankCase: RankCase, order: readonly number[]): Scored => ({
  domain: rankCase.passages.meeting.domain,
  score: scoreRanking(order, rankCase.relevant, rankCase.evidence),
});

const baseline = (cases: readonly RankCase[]): readonly Scored[] => {
  const indexOf = new Map(
    [...new Set(cases.map(({ passages }) => passages))].map((passages) => {
      const { turns } = passages.meeting;
      const documents = passages.units.map((unit) =>
        unit.flatMap((turn) => plainTerms(`${turns[turn]?.speaker ?? ''} ${turns[turn]?.text ?? ''}`)),
      );
      return [passages, plainBm25(documents)];
    }),
  );
  return cases.map((rankCase) => {
    const question = rankCase.passages.asked[rankCase.at]?.gold.question ?? '';
    return scored(rankCase, ordered(indexOf.get(rankCase.passages)?.(question) ?? []));
  });
};

const ours = (meetings: readonly AskedPassages[], kind: RankKind): readonly Scored[] =>
  crossValidated(
    rankCases(meetings, kind),
    ({ passages }) => passages.meeting.name,
    (cases) => trainRanking(cases, kind),
  ).map(({ held, learned }) => {
    const { passages } = held.passages;
    const scores = scoresOf(held.columns, passages.length, learned);
    return scored(held, bestPassages(passages, scores, passages.length));
  });

const row = (name: string, domain: string, scores: readonly RankingScore[]): readonly Cell[] => {
  const mean = meanRanking(scores);
  return [name, domain, scores.length, mean.hitAt1, mean.hitAt5, mean.reciprocalRank, mean.evidenceAt5];
};

/** Finding the passage for a question in the meeting it was asked of. */
export const retrievalTable = (meetings: readonly AskedPassages[]): Table => {
  const systems: readonly (readonly [string, readonly Scored[]])[] = [
    ['BM25', baseline(rankCases(meetings, 'lexical'))],
    ['earshot, words alone', ours(meetings, 'lexical')],
    ['earshot', ours(meetings, 'dense')],
  ];
  return {
    title: 'Finding the passage, QMSum, units of 150 words',
    columns: [
      { name: 'system' },
      { name: 'meetings' },
      { name: 'questions', format: asCount },
      { name: 'hit@1', format: asDecimal(3) },
      { name: 'hit@5', format: asDecimal(3) },
      { name: 'MRR', format: asDecimal(3) },
      { name: 'evidence@5', format: asDecimal(3) },
    ],
    rows: systems.flatMap(([name, all]) => [
      row(
        name,
        'all',
        all.map(({ score }) => score),
      ),
      ...DOMAINS.map((domain) =>
        row(
          name,
          domain,
          all.filter((one) => one.domain === domain).map(({ score }) => score),
        ),
      ),
    ]),
    notes: [
      'hit: a unit with a turn that people marked for the question; evidence: turns that their answer rests on.',
      'Weights are fitted anew without the meetings they are measured on (11 parts); which features there are was chosen on all.',
    ],
  };
};
