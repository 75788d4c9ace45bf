import { checkAnswer } from '../../src/core/cite.ts';
import type { Answer } from '../../src/core/model.ts';
import type { Embedder } from '../../src/core/ports.ts';
import { answerTo } from '../../src/core/understand/extractive/answer.ts';
import { DOMAINS, type Domain } from '../data/qmsum-domain.ts';
import { meanRouge, rouge, type Rouge } from '../metrics/rouge.ts';
import type { AskedPassages } from '../product/asked-passages.ts';
import { type Asked, type AskedReading, caseOf, readAsked, turnsOf } from '../product/asked-readings.ts';
import { ordered, plainBm25, plainTerms } from '../product/plain-bm25.ts';
import { trainAnswers } from '../train/answer-training.ts';
import { crossValidated } from '../train/folds.ts';
import { asCount, asDecimal, asPercent, type Cell, type Table } from './table.ts';

const ANSWER_WORDS = 65;
const BY = { provider: 'earshot', model: 'extractive', at: '2026-01-05T09:00:00.000Z' };

interface Given {
  readonly domain: Domain;
  readonly asked: Asked;
  readonly answer: Answer;
  /** How like the answer somebody wrote; of own meetings only. */
  readonly rouge: Rouge | null;
  readonly words: number;
  /** Share of the cited turns that the written answer rests on or that the question is about; null without a citation. */
  readonly precision: number | null;
}

const wordsOf = (text: string): readonly string[] => text.split(/\s+/u).filter((word) => word !== '');

/** BM25 over sentences, the best put together in the order said and cut at 65 words. */
const baseline = (meetings: readonly AskedPassages[]): readonly { readonly domain: Domain; readonly rouge: Rouge }[] =>
  meetings.flatMap(({ sentences, asked, meeting }) => {
    const score = plainBm25(sentences.map(({ text }) => plainTerms(text)));
    return asked.map(({ gold }) => {
      const chosen: number[] = [];
      let words = 0;
      for (const at of ordered(score(gold.question))) {
        if (words >= ANSWER_WORDS) break;
        chosen.push(at);
        words += wordsOf(sentences[at]?.text ?? '').length;
      }
      const text = chosen.toSorted((a, b) => a - b).map((at) => sentences[at]?.text ?? '');
      const cut = wordsOf(text.join(' ')).slice(0, ANSWER_WORDS).join(' ');
      return { domain: meeting.domain, rouge: rouge(cut, gold.answer, 'words') };
    });
  });

/** Answers with the weights learned from the other meetings. */
const answered = (readings: readonly AskedReading[]): readonly (Given & { readonly system: string })[] => {
  const cases = readings.map((reading) => ({ reading, learnsFrom: caseOf(reading) }));
  return crossValidated(
    cases,
    ({ reading }) => reading.own.meeting.name,
    (others) => trainAnswers(others.flatMap(({ learnsFrom }) => learnsFrom ?? [])),
  ).map(({ held: { reading: asked }, learned }) => {
    const answer = checkAnswer(answerTo(asked.reading, false, BY, learned), asked.evidence);
    const claims = answer.kind === 'answered' ? answer.claims : [];
    const text = claims.map((claim) => claim.text).join(' ');
    const turnOf = turnsOf(asked.target);
    const cited = claims.flatMap(({ citations }) =>
      citations.flatMap(({ utteranceIds }) => utteranceIds.map((id) => turnOf.get(id) ?? -1)),
    );
    const { gold, of } = asked;
    const right = cited.filter((index) => gold.relevantTurns.has(index) || gold.evidenceTurns.has(index));
    return {
      system: asked.isDense ? 'earshot' : 'earshot, words alone',
      domain: asked.own.meeting.domain,
      asked: of,
      answer,
      rouge: of === 'own' ? rouge(text, gold.answer, 'words') : null,
      words: wordsOf(text).length,
      precision: of !== 'own' || cited.length === 0 ? null : right.length / cited.length,
    };
  });
};

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

const row = (name: string, domain: string, given: readonly Given[]): readonly Cell[] => {
  const own = given.filter(({ asked }) => asked === 'own');
  const scores = meanRouge(own.flatMap((one) => one.rouge ?? []));
  const saidShare = (asked: Asked, kind: Answer['kind']): number | null =>
    mean(given.filter((one) => one.asked === asked).map(({ answer }) => (answer.kind === kind ? 1 : 0)));
  return [
    name,
    domain,
    own.length,
    scores.one * 100,
    scores.two * 100,
    mean(own.filter(({ words }) => words > 0).map(({ words }) => words)),
    mean(own.flatMap(({ precision }) => precision ?? [])),
    saidShare('own', 'not-said'),
    saidShare('other kind', 'answered'),
    saidShare('same kind', 'answered'),
  ];
};

const within = <Item extends { readonly domain: Domain }>(items: readonly Item[], domain: Domain): readonly Item[] =>
  items.filter((item) => item.domain === domain);

const plainRow = (domain: string, scores: readonly { readonly rouge: Rouge }[]): readonly Cell[] => {
  const { one, two } = meanRouge(scores.map((score) => score.rouge));
  return ['BM25 sentences, cut', domain, scores.length, one * 100, two * 100, ANSWER_WORDS, null, null, null, null];
};

/** Answers to the questions of the QMSum meetings, quoted, and what is said when another meeting is asked. */
export const queryAnswerTable = async (meetings: readonly AskedPassages[], embedder: Embedder): Promise<Table> => {
  const plain = baseline(meetings);
  const given = Map.groupBy(
    answered([...(await readAsked(meetings, null)), ...(await readAsked(meetings, embedder))]),
    ({ system }) => system,
  );
  return {
    title: 'Answers to questions about QMSum meetings, quoted',
    columns: [
      { name: 'system' },
      { name: 'meetings' },
      { name: 'questions', format: asCount },
      { name: 'ROUGE-1', format: asDecimal(1) },
      { name: 'ROUGE-2', format: asDecimal(1) },
      { name: 'words', format: asCount },
      { name: 'cited right %', format: asPercent },
      { name: 'refused %', format: asPercent },
      { name: 'false, other kind %', format: asPercent },
      { name: 'false, same kind %', format: asPercent },
    ],
    rows: [
      plainRow('all', plain),
      ...DOMAINS.map((domain) => plainRow(domain, within(plain, domain))),
      ...[...given].flatMap(([name, answers]) => [
        row(name, 'all', answers),
        ...DOMAINS.map((domain) => row(name, domain, within(answers, domain))),
      ]),
    ],
    notes: [
      '"refused": said not to be in its own meeting; counts as an empty answer. "false": answered from a meeting it was not asked of.',
      'Meetings of the same kind (all AMI groups design a remote control) often do answer; those of another kind hardly ever.',
      'What tells which sentences to quote, and when to say "not said", is learned from the other meetings (11-fold by meeting); the 21 weights that rank passages are those of the product, fitted on all of these questions, and how much repetition counts and how long an answer is were chosen on them.',
    ],
  };
};
