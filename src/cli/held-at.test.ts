import { describe, expect, it } from 'vitest';
import { UsageError } from './console.ts';
import { knownTimeZone, readHeldAt } from './held-at.ts';

describe('when a meeting took place', () => {
  it.for([
    ['2026-03-05', 'Asia/Shanghai', '2026-03-05T04:00:00.000Z'],
    ['2026-03-05 14:00', 'Asia/Shanghai', '2026-03-05T06:00:00.000Z'],
    ['2026-07-01T09:30', 'Europe/Berlin', '2026-07-01T07:30:00.000Z'],
    ['2026-03-29T01:30', 'Europe/Berlin', '2026-03-29T00:30:00.000Z'],
    ['2026-03-29T03:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-05T14:00:00Z', 'Asia/Shanghai', '2026-03-05T14:00:00.000Z'],
    ['2026-03-05T14:00:00+02:00', 'UTC', '2026-03-05T12:00:00.000Z'],
  ] as const)('reads %s in %s as %s', ([text, timeZone, instant]) => {
    expect(readHeldAt(text, timeZone)).toBe(instant);
  });

  it.for(['yesterday', '2026-02-30', '2026-03-05T25:00', '05.03.2026', '2026-03-05T14:00:00Q'])(
    'refuses %s and says how to write it',
    (text) => {
      expect(() => readHeldAt(text, 'UTC')).toThrow(UsageError);
    },
  );

  it('refuses a time zone that does not exist', () => {
    expect(knownTimeZone('Europe/Berlin')).toBe('Europe/Berlin');
    expect(() => knownTimeZone('Mars/Olympus')).toThrow('Europe/Berlin');
  });
});
