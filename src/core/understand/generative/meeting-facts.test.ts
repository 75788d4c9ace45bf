import { describe, expect, it } from 'vitest';
import type { Claim } from './claims.ts';
import { mergeFacts, NO_FACTS } from './meeting-facts.ts';
import type { MeetingFacts, Task } from './meeting-facts.ts';

function on(text: string, first: number, ...rest: number[]): Claim {
  return { text, lines: [first, ...rest] };
}

function task(text: string, owner: string | null, due: string | null, first: number): Task {
  return { ...on(text, first), owner, due };
}

function merged(...windows: readonly Partial<MeetingFacts>[]): MeetingFacts {
  return mergeFacts(windows.map((facts) => ({ ...NO_FACTS, ...facts })));
}

describe('facts of several windows', () => {
  it('about the same lines in the same words are one; other lines or other words are not', () => {
    const { decisions } = merged(
      { decisions: [on('Use Postgres for the store.', 4), on('Drop Redis.', 4)] },
      { decisions: [on('Postgres is used for the store.', 4, 5), on('Use Postgres for the store.', 90)] },
    );
    expect(decisions.map(({ text, lines }) => [text, lines[0]])).toEqual([
      ['Use Postgres for the store.', 4],
      ['Drop Redis.', 4],
      ['Use Postgres for the store.', 90],
    ]);
  });

  it('that differ in a number, a date or a denial are both kept, in order', () => {
    const { decisions } = merged(
      { decisions: [on('Launch on March 12.', 9), on('The office is not moved.', 3)] },
      { decisions: [on('Launch on March 10.', 9), on('The office is moved.', 3)] },
    );
    expect(decisions.map(({ text }) => text)).toEqual([
      'The office is not moved.',
      'The office is moved.',
      'Launch on March 12.',
      'Launch on March 10.',
    ]);
  });

  it('join a task with its telling at the end, owner and date from either', () => {
    const { actions } = merged(
      { actions: [task('Send the report to Dana.', 'Ben', null, 4)] },
      {
        actions: [
          task('Send the report to Dana.', 'Ben', 'by Friday', 80),
          task('Send the report to Dana.', 'Cem', null, 81),
        ],
      },
    );
    expect(actions.map(({ owner, due, lines }) => [owner, due, lines])).toEqual([
      ['Ben', 'by Friday', [4, 80]],
      ['Cem', null, [81]],
    ]);
  });

  it('answer in one window what another left open', () => {
    const question = on('Who tells the customers?', 30);
    const { questions } = merged(
      { questions: [{ question, answer: null }] },
      { questions: [{ question, answer: on('Cem does.', 31) }] },
    );
    expect(questions.map(({ answer }) => answer?.text)).toEqual(['Cem does.']);
  });

  it('join a topic that a window cut in two, with all its points', () => {
    const { topics } = merged(
      { topics: [{ title: 'Hiring plan', first: 1, points: [on('Two people are missing.', 2)] }] },
      {
        topics: [
          { title: 'The hiring plan', first: 20, points: [on('One starts in May.', 21)] },
          { title: 'Budget', first: 30, points: [on('The budget is spent.', 30)] },
        ],
      },
    );
    expect(topics.map(({ title, first, points }) => [title, first, points.length])).toEqual([
      ['Hiring plan', 1, 2],
      ['Budget', 30, 1],
    ]);
  });

  it('put first the terms that many windows gave, each once', () => {
    const { keywords } = merged(
      { keywords: ['Redis', 'pool'] },
      { keywords: ['Pool'] },
      { keywords: ['pool', 'gate'] },
    );
    expect(keywords[0]).toBe('pool');
    expect(keywords).toHaveLength(3);
  });
});
