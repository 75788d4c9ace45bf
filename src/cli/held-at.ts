import { quoted, UsageError } from './console.ts';

const LOCAL_TIME = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?$/u;
/** A date without a time of day means its noon: whatever the zone, it is that day. */
const NOON = 12;

/** The zone's offset from UTC at an instant, in milliseconds. */
function offsetMs(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const field = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  const wall = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  );
  return wall - Math.floor(instant / 1000) * 1000;
}

/** The zone as given, if there is such a zone. Throws UsageError. */
export function knownTimeZone(name: string): string {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw new UsageError(`Unknown time zone ${quoted(name)}. Use a name such as Europe/Berlin or Asia/Shanghai.`);
  }
}

/**
 * When a meeting took place, as an instant: `2026-03-05`, `2026-03-05 14:00` in the time zone, or with an offset of its
 * own (`2026-03-05T14:00:00Z`). Throws UsageError.
 */
export function readHeldAt(text: string, timeZone: string): string {
  const problem = new UsageError(
    `${quoted(text)} is no date. Write it as 2026-03-05, 2026-03-05T14:00 or 2026-03-05T14:00:00Z.`,
  );
  const local = LOCAL_TIME.exec(text.trim());
  if (local === null) {
    const instant = /(?:Z|[+-]\d{2}:\d{2})$/u.test(text.trim()) ? Date.parse(text.trim()) : Number.NaN;
    if (Number.isNaN(instant)) throw problem;
    return new Date(instant).toISOString();
  }
  const [year, month, day, hour = NOON, minute = 0, second = 0] = local
    .slice(1)
    .map((field: string | undefined) => (field === undefined ? undefined : Number(field)));
  if (year === undefined || month === undefined || day === undefined) throw problem;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const made = new Date(wall);
  if (made.getUTCMonth() !== month - 1 || made.getUTCDate() !== day || hour > 23 || minute > 59) throw problem;
  // The offset at the wall time taken as UTC can be an hour off near a change of clocks; a second look settles it.
  const near = wall - offsetMs(wall, timeZone);
  return new Date(wall - offsetMs(near, timeZone)).toISOString();
}
