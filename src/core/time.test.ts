import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatClock, formatDuration, formatSrtTime, formatVttTime, parseClock } from './time.ts';

describe('time as text', () => {
  it('names a moment with hours only when there are some, rounded down', () => {
    expect([7_999, 724_000, 3_723_000, 0].map(formatClock)).toEqual(['0:07', '12:04', '1:02:03', '0:00']);
  });
  it('writes subtitle times with three decimals', () => {
    expect(formatSrtTime(3_723_004)).toBe('01:02:03,004');
    expect(formatVttTime(7_000)).toBe('00:00:07.000');
  });
  it('says how long something took in the two largest units', () => {
    expect([0, 400, 5_000, 125_000, 120_000, 3_780_000, 7_200_000, 59_999].map(formatDuration)).toEqual([
      '0 s',
      '0.4 s',
      '5 s',
      '2 min 5 s',
      '2 min',
      '1 h 3 min',
      '2 h',
      '1 min',
    ]);
  });
  it('reads times with or without hours and fraction, with comma or dot', () => {
    expect(['0:07', '00:07.5', '1:02:03', '00:00:07,000', '90:00'].map(parseClock)).toEqual([
      7_000, 7_500, 3_723_000, 7_000, 5_400_000,
    ]);
  });
  it('reads nothing that is not a time', () => {
    expect(['', '7', '0:60', '1:60:00', 'a:bc', '1:2', '-1:00'].map(parseClock)).toEqual(
      Array.from({ length: 7 }, () => null),
    );
  });
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 360_000_000 }), (ms) => {
        expect(parseClock(formatSrtTime(ms))).toBe(ms);
        expect(parseClock(formatVttTime(ms))).toBe(ms);
        expect(parseClock(formatClock(ms))).toBe(Math.floor(ms / 1000) * 1000);
      }),
    );
  });
});
