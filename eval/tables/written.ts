import { checkAnswer } from '../../src/core/cite.ts';
import type { Minutes } from '../../src/core/model.ts';
import type { Analyst } from '../../src/core/ports.ts';
import type { AskedMeeting } from '../data/asked-meetings.ts';
import type { SummarisedMeeting } from '../data/summarised-meetings.ts';
import { meanRouge, rouge } from '../metrics/rouge.ts';
import { minutesOf, transcriptOf } from '../product/understand.ts';
import { asCount, asPercent, type Table } from './table.ts';

const wordsIn = (text: string): number => text.match(/\p{Script=Han}|[\p{L}\p{N}'’-]+/gu)?.length ?? 0;
const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Summaries in an analyst's own words against people's, and what the check of evidence took out of these minutes. */
export const writtenSummaryTable = async (analyst: Analyst, meetings: readonly SummarisedMeeting[]): Promise<Table> => {
  const results: { readonly minutes: Minutes; readonly text: string; readonly gold: string }[] = [];
  for (const { turns, language, summary } of meetings) {
    if (summary === null) continue;
    const minutes = await minutesOf(analyst, transcriptOf(turns, language));
    results.push({ minutes, text: minutes.summary.map(({ text }) => text).join(' '), gold: summary });
  }
  const { one, two, l } = meanRouge(results.map(({ text, gold }) => rouge(text, gold, 'words')));
  return {
    title: 'Summaries in an analyst’s own words against people’s (ROUGE F1)',
    columns: [
      { name: 'system' },
      { name: 'meetings', format: asCount },
      { name: 'ROUGE-1', format: asPercent },
      { name: 'ROUGE-2', format: asPercent },
      { name: 'ROUGE-L', format: asPercent },
      { name: 'words', format: asCount },
      { name: 'items rejected', format: asCount },
      { name: 'parts from the extractive analyst', format: asCount },
    ],
    rows: [
      [
        analyst.name,
        results.length,
        one,
        two,
        l,
        mean(results.map(({ text }) => wordsIn(text))),
        mean(results.map(({ minutes }) => minutes.rejected)),
        mean(results.map(({ minutes }) => minutes.fallbacks.length)),
      ],
    ],
  };
};

/** Answers in an analyst's own words to questions about written meetings, each with the whole meeting as evidence. */
export const writtenAnswerTable = async (analyst: Analyst, meetings: readonly AskedMeeting[]): Promise<Table> => {
  const { signal } = new AbortController();
  const scores: ReturnType<typeof rouge>[] = [];
  const precisions: number[] = [];
  const lengths: number[] = [];
  let answered = 0;
  for (const { turns, questions } of meetings) {
    const transcript = transcriptOf(turns, 'en');
    const turnOf = new Map(transcript.utterances.map(({ id }, turn) => [id, turn]));
    for (const gold of questions) {
      const inquiry = { question: gold.question, evidence: [transcript], complete: true };
      const answer = checkAnswer(await analyst.answer(inquiry, signal), [transcript]);
      const claims = answer.kind === 'answered' ? answer.claims : [];
      const text = claims.map((claim) => claim.text).join(' ');
      scores.push(rouge(text, gold.answer, 'words'));
      if (claims.length === 0) continue;
      answered++;
      lengths.push(wordsIn(text));
      const cited = claims.flatMap(({ citations }) =>
        citations.flatMap(({ utteranceIds }) => utteranceIds.map((id) => turnOf.get(id) ?? -1)),
      );
      precisions.push(
        cited.filter((turn) => gold.relevantTurns.has(turn) || gold.evidenceTurns.has(turn)).length / cited.length,
      );
    }
  }
  const { one, two, l } = meanRouge(scores);
  return {
    title: 'Answers in an analyst’s own words to QMSum’s specific questions (ROUGE F1)',
    columns: [
      { name: 'system' },
      { name: 'questions', format: asCount },
      { name: 'answered %', format: asPercent },
      { name: 'ROUGE-1', format: asPercent },
      { name: 'ROUGE-2', format: asPercent },
      { name: 'ROUGE-L', format: asPercent },
      { name: 'words', format: asCount },
      { name: 'cited turns right %', format: asPercent },
    ],
    rows: [
      [
        analyst.name,
        scores.length,
        scores.length === 0 ? null : answered / scores.length,
        one,
        two,
        l,
        mean(lengths),
        mean(precisions),
      ],
    ],
  };
};
