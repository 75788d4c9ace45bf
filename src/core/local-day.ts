/** Calendar days as people in a place count them. */
import type { Iso8601 } from './model.ts';

/** A wall clock's reading, written as if it were UTC: its UTC fields are the local ones, so arithmetic knows no DST. */
export type WallClock = Date;

/** What a wall clock in `timeZone` (IANA) showed at `at`; null when either is not what it should be. */
export function wallClock(at: Iso8601, timeZone: string): WallClock | null {
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) return null;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  const fields = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const field = (name: Intl.DateTimeFormatPartTypes): number => fields.get(name) ?? Number.NaN;
  return new Date(Date.UTC(field('year'), field('month') - 1, field('day'), field('hour'), field('minute')));
}

/** The day as `YYYY-MM-DD`; null when there is no such day (31 April). `month` counts from 1. */
export function calendarDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 'YYYY-MM-DD'.length) : null;
}
