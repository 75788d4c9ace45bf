import { describe, expect, it } from 'vitest';
import { asksForEverything } from './answer.ts';

describe('a question that only the whole record can answer', () => {
  it.each([
    'How often did Mia mention the budget?',
    'How many times was the release delayed?',
    'List all the risks.',
    'What were all the objections?',
    'Did anyone talk about hiring?',
    'Was the budget ever discussed?',
    'Did they mention the office move?',
    "Who didn't speak?",
    'What was not discussed?',
    'Everything that Ben said about Postgres?',
    'How many decisions were there?',
    '提到了几次预算？',
    '有没有人说到招聘？',
    '讨论过裁员吗？',
    '列出所有的风险',
    '哪些问题没有讨论？',
  ])('is known by its words: %s', (question) => {
    expect(asksForEverything(question)).toBe(true);
  });

  it.each([
    'What is the budget?',
    'When is the launch?',
    'How many customers complained?',
    'Who sends the report?',
    'Why did they never test it?',
    'What did Mia say at the end?',
    'How many euros are spent?',
    '预算是多少？',
    '谁负责扩容？',
    '为什么推迟上线？',
  ])('is not just any question: %s', (question) => {
    expect(asksForEverything(question)).toBe(false);
  });
});
