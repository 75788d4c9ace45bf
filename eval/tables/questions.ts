import { speakerName } from '../../src/core/speaker.ts';
import type { Analyst } from '../../src/core/ports.ts';
import type { TalkScript } from '../../test/scripted-talks/talk-script.ts';
import { minutesOf, transcriptOf } from '../product/understand.ts';
import { asCount, type Cell, type Table } from './table.ts';

/** A set of talks that are looked at together. */
export interface TalkSet {
  readonly name: string;
  readonly talks: readonly TalkScript[];
}

interface Counts {
  readonly asked: number;
  readonly given: number;
  readonly found: number;
  readonly asker: number;
  readonly answered: number;
  readonly answerRight: number;
  readonly answererRight: number;
  readonly open: number;
  readonly openRight: number;
}

const scoreTalk = async (analyst: Analyst, { turns, language, questions }: TalkScript): Promise<Counts> => {
  const transcript = transcriptOf(
    turns.map(([speaker, text]) => ({ speaker, text })),
    language,
  );
  const { questions: given } = await minutesOf(analyst, transcript);
  const pairs = questions.map((truth) => ({
    truth,
    found: given.find(({ question }) => question.text.includes(truth.text)),
  }));
  const count = (test: (pair: (typeof pairs)[number]) => boolean): number => pairs.filter(test).length;
  return {
    asked: questions.length,
    given: given.length,
    found: count(({ found }) => found !== undefined),
    asker: count(({ truth, found }) => found !== undefined && speakerName(found.askedBy) === truth.askedBy),
    answered: count(({ truth }) => truth.answer !== null),
    answerRight: count(
      ({ truth, found }) => truth.answer !== null && found?.answer?.text.includes(truth.answer) === true,
    ),
    answererRight: count(
      ({ truth, found }) =>
        truth.answer !== null &&
        found !== undefined &&
        found.answeredBy !== null &&
        speakerName(found.answeredBy) === truth.answeredBy,
    ),
    open: count(({ truth }) => truth.answer === null),
    openRight: count(({ truth, found }) => truth.answer === null && found?.answer === null),
  };
};

/** Questions and answers of talks that were written for it, with all that a careful reader would note. */
export const questionTable = async (analyst: Analyst, sets: readonly TalkSet[]): Promise<Table> => {
  const rows: (readonly Cell[])[] = [];
  for (const { name, talks } of sets) {
    const counts: Counts[] = [];
    for (const talk of talks) counts.push(await scoreTalk(analyst, talk));
    const sum = (pick: (count: Counts) => number): number => counts.reduce((left, count) => left + pick(count), 0);
    rows.push([
      name,
      talks.length,
      sum((count) => count.asked),
      sum((count) => count.given),
      sum((count) => count.found),
      sum((count) => count.given) - sum((count) => count.found),
      sum((count) => count.asker),
      sum((count) => count.answered),
      sum((count) => count.answerRight),
      sum((count) => count.answererRight),
      sum((count) => count.open),
      sum((count) => count.openRight),
    ]);
  }
  return {
    title: `Questions and answers in scripted talks, ${analyst.name}`,
    columns: [
      { name: 'talks' },
      ...[
        'number',
        'questions',
        'given',
        'found',
        'false',
        'right asker',
        'answered',
        'right answer',
        'right answerer',
        'left open',
        'given as open',
      ].map((name) => ({ name, format: asCount })),
    ],
    rows,
    notes: [
      'An answer is right when it quotes the stretch that answers.',
      'The rules of the extractive analyst were written with these talks in sight: the figures show what holds, not what to expect elsewhere.',
    ],
  };
};
