import { describe, expect, it } from 'vitest';
import { dueDateOf } from '../../../core/understand/extractive/due-date.ts';
import { createChronoDates } from './chrono-dates.ts';

const dates = createChronoDates();

function on(text: string, heldAt = '2026-11-23T15:00:00.000Z', timeZone = 'Europe/Berlin', language = 'en') {
  return dates.resolve(text, { heldAt, timeZone, language });
}

describe('dates read by chrono', () => {
  it.each([
    ['by Friday', '2026-11-27'],
    ['by next Friday', '2026-12-04'],
    ['by Monday', '2026-11-30'],
    ['before Thursday noon', '2026-11-26'],
    ['tomorrow afternoon', '2026-11-24'],
    ['the day after tomorrow', '2026-11-25'],
    ['on March 10th', '2027-03-10'],
    ['by December 1st at the latest', '2026-12-01'],
    ['Friday next week', '2026-12-04'],
    ['by 5 pm', '2026-11-23'],
    ['2027-01-05', '2027-01-05'],
  ])('look forward: %s', (text, day) => {
    expect(on(text)).toBe(day);
  });

  it.each(['soon', 'this week', 'next month', 'by March', 'between Monday and Wednesday', 'by 9 am', ''])(
    'are none where the text names no one day: %s',
    (text) => {
      expect(on(text)).toBeNull();
    },
  );

  it('count from the day it is where the meeting is', () => {
    expect(on('tomorrow', '2026-11-23T23:30:00.000Z', 'Europe/Berlin')).toBe('2026-11-25');
    expect(on('tomorrow', '2026-11-23T23:30:00.000Z', 'America/New_York')).toBe('2026-11-24');
    expect(on('by Friday', '2026-11-26T23:30:00.000Z', 'Asia/Tokyo')).toBe('2026-12-04');
  });

  it('are not moved by a change of daylight saving time', () => {
    expect(on('by Sunday', '2026-10-31T03:30:00.000Z', 'America/New_York')).toBe('2026-11-01');
    expect(on('tomorrow', '2027-03-14T04:30:00.000Z', 'America/New_York')).toBe('2027-03-14');
  });

  it('are read in the language of the meeting', () => {
    expect(on('bis Freitag', '2026-11-23T15:00:00.000Z', 'Europe/Berlin', 'de')).toBe('2026-11-27');
    expect(on('金曜日までに', '2026-11-23T15:00:00.000Z', 'Asia/Tokyo', 'ja')).toBe('2026-11-27');
  });

  it('stand behind the rules for what they do not know', () => {
    const held = { heldAt: '2026-11-23T15:00:00.000Z', timeZone: 'Europe/Berlin', language: 'en' };
    expect(dueDateOf('before Thursday noon', held, dates)).toBe('2026-11-26');
    expect(dueDateOf('by the end of Friday', held, dates)).toBe('2026-11-27');
    expect(dueDateOf('next Monday', held, dates)).toBe('2026-11-30');
    expect(dueDateOf('this week', held, dates)).toBeNull();
  });
});
