import { describe, expect, it } from 'vitest';
import { dueDateOf } from './due-date.ts';

/** A Monday afternoon in Berlin. */
const HELD = { heldAt: '2026-11-23T15:00:00.000Z', timeZone: 'Europe/Berlin', language: 'en' };

function on(phrase: string, heldAt = HELD.heldAt, timeZone = HELD.timeZone): string | null {
  return dueDateOf(phrase, { heldAt, timeZone, language: 'en' }, null);
}

describe('a due date', () => {
  it.each([
    ['by the end of the month', '2026-11-30'],
    ['before the end of next month', '2026-12-31'],
    ['by the end of the quarter', '2026-12-31'],
    ['by end of next year', '2027-12-31'],
    ['by the end of February', '2027-02-28'],
    ['by the 15th', '2026-12-15'],
    ['by the twenty-third', '2026-11-23'],
    ['by the 3rd of next month', '2026-12-03'],
    ['within three days', '2026-11-26'],
    ['in two weeks', '2026-12-07'],
    ['within a month', '2026-12-23'],
    ['today', '2026-11-23'],
    ['by EOD', '2026-11-23'],
    ['下周五', '2026-12-04'],
    ['周五之前', '2026-11-27'],
    ['周一', '2026-11-30'],
    ['下下周一', '2026-12-07'],
    ['本周三', '2026-11-25'],
    ['这个星期天', '2026-11-29'],
    ['月底前', '2026-11-30'],
    ['下个月底', '2026-12-31'],
    ['3月底', '2027-03-31'],
    ['年底', '2026-12-31'],
    ['明天', '2026-11-24'],
    ['后天下午', '2026-11-25'],
    ['大后天', '2026-11-26'],
    ['3月5号', '2027-03-05'],
    ['十二月二十五日之前', '2026-12-25'],
    ['十五号之前', '2026-12-15'],
    ['下个月3号', '2026-12-03'],
    ['2027年1月5日', '2027-01-05'],
    ['两周内', '2026-12-07'],
    ['三天之内', '2026-11-26'],
    ['今晚', '2026-11-23'],
  ])('is the one day a phrase names: %s', (phrase, day) => {
    expect(on(phrase)).toBe(day);
  });

  it.each([
    'soon',
    'as soon as possible',
    'this week',
    'next week',
    'by the end of the week',
    'next month',
    'in a few days',
    'before the next meeting',
    'after this call',
    'by the weekend',
    'by 3/12',
    'by the time the tests pass',
    'by the 32nd',
    '下周',
    '下个月',
    '这周末',
    '12月初',
    '尽快',
    '会后',
    '下次会议',
    '几天后',
    '四月三十一号',
  ])('is none for what names no one day: %s', (phrase) => {
    expect(on(phrase)).toBeNull();
  });

  it('is counted on the calendar of the place, not in UTC', () => {
    expect(on('today', '2026-11-23T23:30:00.000Z', 'Europe/Berlin')).toBe('2026-11-24');
    expect(on('today', '2026-11-23T23:30:00.000Z', 'America/New_York')).toBe('2026-11-23');
    expect(on('明天', '2026-11-23T17:00:00.000Z', 'Asia/Shanghai')).toBe('2026-11-25');
  });

  it('is not moved by a change to or from daylight saving time', () => {
    // Clocks in New York go back on 1 November 2026 and forward on 14 March 2027, at two in the night.
    expect(on('in two days', '2026-10-31T03:30:00.000Z', 'America/New_York')).toBe('2026-11-01');
    expect(on('within two weeks', '2026-10-25T03:30:00.000Z', 'America/New_York')).toBe('2026-11-07');
    expect(on('in one week', '2027-03-10T04:30:00.000Z', 'America/New_York')).toBe('2027-03-16');
  });

  it('keeps to months that are shorter, and to leap years', () => {
    expect(on('in one month', '2027-01-31T12:00:00.000Z', 'UTC')).toBe('2027-02-28');
    expect(on('by the end of the month', '2028-02-03T12:00:00.000Z', 'UTC')).toBe('2028-02-29');
    expect(on('by the 31st', '2026-11-23T12:00:00.000Z', 'UTC')).toBe('2026-12-31');
  });

  it('asks a reader of dates for the rest, and takes no day that was over', () => {
    const asked: string[] = [];
    const reader = (day: string): Parameters<typeof dueDateOf>[2] => ({
      resolve: (text, { language }) => {
        asked.push(`${language} ${text}`);
        return day;
      },
    });
    expect(dueDateOf('by Friday', HELD, reader('2026-11-27'))).toBe('2026-11-27');
    expect(dueDateOf('by last Friday', HELD, reader('2026-11-20'))).toBeNull();
    expect(asked).toEqual(['en by Friday', 'en by last Friday']);
  });

  it('is none where the time zone is not known', () => {
    expect(on('today', HELD.heldAt, 'Mars/Olympus')).toBeNull();
  });
});
