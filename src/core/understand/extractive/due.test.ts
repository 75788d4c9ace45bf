import { describe, expect, it } from 'vitest';
import { dueIn } from './due.ts';

describe('when something is due', () => {
  it.each([
    ["I'll send it by Friday.", 'by Friday'],
    ['I will do it next Tuesday.', 'next Tuesday'],
    ['Please finish before the end of the month.', 'before the end of the month'],
    ['We meet on the 3rd of March.', 'on the 3rd of March'],
    ['I will send the offer letter tomorrow.', 'tomorrow'],
    ['I will tell them before Thursday noon.', 'before Thursday noon'],
    ['I will write it this week.', 'this week'],
    ['It is due by March 3rd, at the latest.', 'by March 3rd'],
    ['Today I promise: done by Monday.', 'by Monday'],
    ['I can have it in two weeks.', 'in two weeks'],
    ['Send it by 5 pm', 'by 5 pm'],
    ['我周五之前发给大家。', '周五之前'],
    ['下周二我来做。', '下周二'],
    ['月底前完成。', '月底前'],
    ['三月十号之前上线', '三月十号之前'],
    ['今天下班前发出来。', '今天下班前'],
    ['春节前上线。', '春节前'],
    ['I can do it on Monday or Tuesday.', 'on Monday or Tuesday'],
    ['We ship two weeks from now.', 'two weeks from now'],
    ['It has to be there by Christmas.', 'by Christmas'],
    ['Send it March 5th.', 'March 5th'],
    ['I will send the offer letter tomorrow that is all for today.', 'tomorrow'],
    ['We talked about it today, and I will send it tomorrow.', 'tomorrow'],
    ['Tomorrow I will look at it.', 'Tomorrow'],
    ['I will bring it next week, on Monday, and that is it for today.', 'on Monday'],
    ['Today is busy, but I will do it this week, by Friday.', 'by Friday'],
    ['For next week please read chapter nine.', 'next week'],
    ['今天先到这里，我明天发给大家。', '明天'],
  ])('%s', (text, due) => {
    expect(dueIn(text)).toBe(due);
  });

  it.each([
    'I will call the second person.',
    'We may march on.',
    'It sat there.',
    'I will look into the first item.',
    'You take over the Friday report.',
    "I'll update today's notes.",
    'Every Monday we clean the hall.',
    '我来负责这个模块。',
  ])('is not said in: %s', (text) => {
    expect(dueIn(text)).toBeNull();
  });
});
