/** Dates in people's words, read by chrono-node (https://github.com/wanasit/chrono). */
import { createRequire } from 'node:module';
import type { Chrono } from 'chrono-node';
import { wallClock, type WallClock } from '../../../core/local-day.ts';
import type { DateReader } from '../../../core/ports.ts';

/**
 * Grammars by ISO 639-1; phrases in another language are read as English. Its Chinese one (2.10.3) counts from this
 * machine's time zone instead of the given one, so Chinese is read by the core's own rules.
 */
interface Grammars {
  readonly byLanguage: ReadonlyMap<string, Pick<Chrono, 'parse'>>;
  readonly english: Pick<Chrono, 'parse'>;
}

const require = createRequire(import.meta.url);

/** All its languages take longer to load than most commands take to run, and a phrase is read in passing: hence `require`. */
function loadGrammars(): Grammars {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the package as its own types describe it
  const { de, en, es, fr, it, ja, nl, pt, ru, uk } = require('chrono-node') as typeof import('chrono-node');
  return {
    byLanguage: new Map(
      Object.entries({ de, en, es, fr, it, ja, nl, pt, ru, uk }).map(([code, { casual }]) => [code, casual]),
    ),
    english: en.casual,
  };
}

const WEEK_MS = 7 * 86_400_000;

function dayOf(clock: WallClock): string {
  return clock.toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** Loaded with the first phrase. Looks forward: a weekday or a date without a year is the next one. It reads only the phrase, so it keeps nothing. */
export function createChronoDates(): DateReader {
  let grammars: Grammars | null = null;
  return {
    resolve: (text, { heldAt, timeZone, language }) => {
      // The local clock's reading passes for UTC, so that neither this machine's zone nor a change of DST has a say.
      const now = wallClock(heldAt, timeZone);
      if (now === null) return null;
      grammars ??= loadGrammars();
      const grammar = grammars.byLanguage.get(language) ?? grammars.english;
      const results = grammar.parse(text, { instant: now, timezone: 0 }, { forwardDate: true });
      const today = dayOf(now);
      const days = new Set<string | null>();
      for (const { start, end } of results) {
        for (const parts of [start, ...(end ? [end] : [])]) {
          const day = dayOf(parts.date());
          if (parts.isCertain('weekday') && !parts.isCertain('day') && day === today)
            // Whoever means today says so: a weekday is the next one.
            days.add(dayOf(new Date(parts.date().getTime() + WEEK_MS)));
          else if (parts.isCertain('day') || parts.isCertain('weekday')) days.add(day);
          // A clock time alone is meant for the day it is said on, unless it has passed.
          else days.add(parts.isCertain('hour') && day === today && parts.date() >= now ? today : null);
        }
      }
      const [only = null] = days;
      return days.size === 1 ? only : null;
    },
  };
}
