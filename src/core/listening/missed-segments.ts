import type { Fault } from '../faults.ts';

/** So many segments in a row that nobody can transcribe are the transcriber's fault, not theirs. */
const TOO_MANY_IN_A_ROW = 3;

/**
 * Tells a segment that cannot be transcribed from a transcriber that does not work: a missed segment is excused by the
 * next success, and until then must not be counted as done.
 */
export function createMissedSegments(): {
  heard(): void;
  /** Throws the fault when too many were missed in a row. */
  missed(fault: Fault): void;
  /** Resolves when the segments missed so far are excused. */
  excused(): Promise<void>;
  /** No more segments are coming. Throws the last fault when some were missed and none was ever heard. */
  end(): void;
} {
  let inARow = 0;
  let hasHeard = false;
  let last: Fault | null = null;
  let excuse = Promise.withResolvers<void>();
  return {
    heard() {
      hasHeard = true;
      inARow = 0;
      excuse.resolve();
      excuse = Promise.withResolvers<void>();
    },
    missed(fault) {
      last = fault;
      inARow++;
      if (inARow >= TOO_MANY_IN_A_ROW) throw fault;
    },
    excused: () => (inARow === 0 ? Promise.resolve() : excuse.promise),
    end() {
      if (last !== null && !hasHeard) throw last;
      inARow = 0;
      excuse.resolve();
    },
  };
}
