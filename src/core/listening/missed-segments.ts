/** So many segments in a row that nobody can transcribe are the transcriber's fault, not theirs. */
const TOO_MANY_IN_A_ROW = 3;

/**
 * Tells a segment that cannot be transcribed from a transcriber that does not work: a missed segment is excused by the
 * next success, and until then must not be counted as done.
 */
export function createMissedSegments(): {
  heard(): void;
  /** False when there is no excuse left. */
  missed(): boolean;
  /** Resolves when the segments missed so far are excused. */
  excused(): Promise<void>;
  /** No more segments are coming; false when some were missed and none was ever heard. */
  end(): boolean;
} {
  let inARow = 0;
  let hasHeard = false;
  let excuse = Promise.withResolvers<void>();
  return {
    heard() {
      hasHeard = true;
      inARow = 0;
      excuse.resolve();
      excuse = Promise.withResolvers<void>();
    },
    missed() {
      inARow++;
      return inARow < TOO_MANY_IN_A_ROW;
    },
    excused: () => (inARow === 0 ? Promise.resolve() : excuse.promise),
    end() {
      const isExcused = inARow === 0 || hasHeard;
      inARow = 0;
      excuse.resolve();
      return isExcused;
    },
  };
}
