/** The one place where milliseconds become text and text becomes milliseconds. */
import type { Ms } from './model.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

interface Parts {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly milliseconds: number;
}

function parts(ms: Ms): Parts {
  const whole = Math.max(0, Math.round(ms));
  return {
    hours: Math.floor(whole / HOUR_MS),
    minutes: Math.floor((whole % HOUR_MS) / MINUTE_MS),
    seconds: Math.floor((whole % MINUTE_MS) / SECOND_MS),
    milliseconds: whole % SECOND_MS,
  };
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

/** For people to read beside a line: `0:07`, `12:04`, `1:02:03`. Rounds down, so a moment is never named too late. */
export function formatClock(ms: Ms): string {
  const { hours, minutes, seconds } = parts(ms);
  return hours > 0 ? `${hours}:${padded(minutes, 2)}:${padded(seconds, 2)}` : `${minutes}:${padded(seconds, 2)}`;
}

function subtitleTime(ms: Ms, mark: ',' | '.'): string {
  const { hours, minutes, seconds, milliseconds } = parts(ms);
  return `${padded(hours, 2)}:${padded(minutes, 2)}:${padded(seconds, 2)}${mark}${padded(milliseconds, 3)}`;
}

/** SubRip: `00:00:07,000`. */
export function formatSrtTime(ms: Ms): string {
  return subtitleTime(ms, ',');
}

/** WebVTT (https://www.w3.org/TR/webvtt1/#webvtt-timestamp): `00:00:07.000`. */
export function formatVttTime(ms: Ms): string {
  return subtitleTime(ms, '.');
}

/** How long something took or lasted: `2 min 5 s`, `1 h 3 min`, `0.4 s`. */
export function formatDuration(ms: Ms): string {
  if (ms > 0 && ms < SECOND_MS) return `${Math.max(1, Math.round(ms / 100)) / 10} s`;
  const whole = Math.max(0, Math.round(ms / SECOND_MS)) * SECOND_MS;
  const { hours, minutes, seconds } = parts(whole);
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes > 0) return seconds > 0 ? `${minutes} min ${seconds} s` : `${minutes} min`;
  return `${seconds} s`;
}

const CLOCK = /^(?:(\d{1,4}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,6}))?$/u;

/**
 * Reads `7:04`, `00:07.5`, `1:02:03` and `00:00:07,000`; hours may be left out, the fraction may be of any length.
 * Null when the text is not a time or its minutes or seconds pass 59.
 */
export function parseClock(text: string): Ms | null {
  const match = CLOCK.exec(text.trim());
  if (match === null) return null;
  const [, hours, minutes, seconds, fraction] = match;
  if (minutes === undefined || seconds === undefined) return null;
  const minuteCount = Number(minutes);
  const secondCount = Number(seconds);
  if (secondCount > 59 || (hours !== undefined && minuteCount > 59)) return null;
  const fractionMs = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * SECOND_MS + 1e-6);
  return Number(hours ?? 0) * HOUR_MS + minuteCount * MINUTE_MS + secondCount * SECOND_MS + fractionMs;
}
