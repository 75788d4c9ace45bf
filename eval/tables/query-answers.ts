import { checkAnswer } from '../../src/core/cite.ts';
import type { Answer, Transcript } from '../../src/core/model.ts';
import type { Embedder } from '../../src/core/ports.ts';
import { readQuestion } from '../../src/core/retrieval/question.ts';
import { bestPassages, rankPassages } from '../../src/core/retrieval/rank.ts';
import { answerFrom } from '../../src/core/understand/extractive/answer.ts';
import { DOMAINS, type Domain } from '../data/asked-meetings.ts';
import { meanRouge, rouge, type Rouge } from '../metrics/rouge.ts';
import type { AskedPassages } from '../product/asked-passages.ts';
import { ordered, plainBm25, plainTerms } from '../product/plain-bm25.ts';
import { asCount, asDecimal, asPercent, type Cell, type Table } from './table.ts';

const ANSWER_WORDS = 65;
const BY = { provider: 'earshot', model: 'extractive', at: '2026-01-05T09:00:00.000Z' };

/** Whose meeting was asked: the question's own, one of another kind, or another of its kind. */
type Asked = 'own' | 'other kind' | 'same kind';
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

const pick = <Item>(items: readonly Item[], at: number): Item | undefined => items[at % Math.max(1, items.length)];
/** Meetings of one AMI or ICSI series share their matter; the first letters tell the series. */
const seriesOf = ({ meeting }: AskedPassages): string => meeting.name.slice(0, 6);

/** Passages read for an answer, as many as when somebody asks. */
const PASSAGES_READ = 10;
/** Every so many questions are put to meetings they were not asked of. */
const ELSEWHERE_EVERY = 3;

/** The best passages of the meeting for the question, in order. */
const evidenceIn = (
  { meeting, passages, units, transcript, asked }: AskedPassages,
  text: string,
  topic: Float32Array | null,
): readonly Transcript[] => {
  const question = readQuestion(
    text,
    meeting.turns.map(({ speaker }) => speaker),
  );
  const stretches = asked[0]?.vectors.passages ?? [];
  const vectors = topic === null ? null : { question: { topic }, passages: stretches };
  return bestPassages(passages, rankPassages(question, passages, vectors), PASSAGES_READ).map((number) => {
    const unit = units[number] ?? [];
    return { ...transcript, utterances: transcript.utterances.slice(unit[0] ?? 0, (unit.at(-1) ?? -1) + 1) };
  });
};

/** Strides that have nothing in common with the number of meetings, so that all get their share. */
const MEETING_STRIDE = 7;
const QUESTION_STRIDE = 13;

const ask = async (meetings: readonly AskedPassages[], embedder: Embedder | null): Promise<readonly Given[]> => {
  const { signal } = new AbortController();
  const given: Given[] = [];
  for (const [place, own] of meetings.entries()) {
    const { domain } = own.meeting;
    const others = meetings.filter(({ meeting }) => meeting.domain !== domain);
    const alike = meetings.filter((other) => other.meeting.domain === domain && seriesOf(other) !== seriesOf(own));
    for (const [at, { gold }] of own.asked.entries()) {
      const turn = place * MEETING_STRIDE + at * QUESTION_STRIDE;
      const elsewhere: readonly (readonly [Asked, AskedPassages | undefined])[] = [
        ['other kind', pick(others, turn)],
        ['same kind', pick(alike, turn)],
      ];
      const targets: typeof elsewhere = [['own', own], ...(turn % ELSEWHERE_EVERY === 0 ? elsewhere : [])];
      for (const [asked, target] of targets) {
        if (target === undefined) continue;
        const speakers = target.meeting.turns.map(({ speaker }) => speaker);
        const { topic } = readQuestion(gold.question, speakers);
        const [vector = null] = embedder === null ? [] : await embedder.embed([topic], signal);
        const evidence = evidenceIn(target, gold.question, vector);
        const answer = checkAnswer(
          await answerFrom(
            { question: gold.question, evidence, complete: false },
            BY,
            embedder === null ? null : (_, texts) => embedder.embed(texts, signal),
          ),
          evidence,
        );
        const claims = answer.kind === 'answered' ? answer.claims : [];
        const text = claims.map((claim) => claim.text).join(' ');
        const turnOf = new Map(target.transcript.utterances.map(({ id }, index) => [id, index]));
        const cited = claims.flatMap(({ citations }) =>
          citations.flatMap(({ utteranceIds }) => utteranceIds.map((id) => turnOf.get(id) ?? -1)),
        );
        const right = cited.filter((index) => gold.relevantTurns.has(index) || gold.evidenceTurns.has(index));
        given.push({
          domain,
          asked,
          answer,
          rouge: asked === 'own' ? rouge(text, gold.answer, 'words') : null,
          words: wordsOf(text).length,
          precision: asked !== 'own' || cited.length === 0 ? null : right.length / cited.length,
        });
      }
    }
  }
  return given;
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
  const systems: readonly (readonly [string, readonly Given[]])[] = [
    ['earshot, words alone', await ask(meetings, null)],
    ['earshot', await ask(meetings, embedder)],
  ];
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
      ...systems.flatMap(([name, given]) => [
        row(name, 'all', given),
        ...DOMAINS.map((domain) => row(name, domain, within(given, domain))),
      ]),
    ],
    notes: [
      '"refused": said not to be in its own meeting; counts as an empty answer. "false": answered from a meeting it was not asked of.',
      'Meetings of the same kind (all AMI groups design a remote control) often do answer; those of another kind hardly ever.',
      'The weights of ranking and the threshold of "not said" are fitted on these questions (in-sample).',
    ],
  };
};
