import { formatDuration } from '../core/time.ts';
import type { Console } from './console.ts';

const BAR_WIDTH = 24;
/** On a stream that keeps every line, a new one at each of these steps is enough. */
const LINE_STEP = 0.1;

export interface ProgressBar {
  /** `share`: 0 to 1 of this stage; null when it cannot be known. */
  show(stage: string, share: number | null): void;
  /** Clears the bar, so that what is printed next starts on an empty line. */
  clear(): void;
}

/** Stage, share done and time left: one redrawn line on a terminal, plain lines elsewhere. `now`: milliseconds. */
export function createProgressBar(
  console: Pick<Console, 'err' | 'live'>,
  label: string,
  now: () => number,
): ProgressBar {
  let stage = '';
  let startedAt = 0;
  let startShare = 0;
  let lastLine = '';
  let lastShare = -1;

  function left(share: number): string {
    const done = share - startShare;
    const elapsedMs = now() - startedAt;
    if (done <= 0 || share >= 1 || elapsedMs < 1_000) return '';
    return `, about ${formatDuration((elapsedMs * (1 - share)) / done)} left`;
  }

  return {
    show(nextStage, share) {
      const changed = nextStage !== stage;
      if (changed) {
        stage = nextStage;
        startedAt = now();
        startShare = share ?? 0;
        lastShare = -1;
      }
      const percent = share === null ? '' : ` ${Math.floor(share * 100)} %`;
      if (console.live) {
        const filled = Math.round((share ?? 0) * BAR_WIDTH);
        const bar = share === null ? '' : ` ${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
        const line = `${label}: ${stage}${bar}${percent}${share === null ? ' …' : left(share)}`;
        if (line !== lastLine) console.err(`\r\u001b[K${line}`);
        lastLine = line;
        return;
      }
      const step = share === null ? 0 : Math.floor(share / LINE_STEP) * LINE_STEP;
      if (!changed && step <= lastShare) return;
      lastShare = step;
      console.err(`${label}: ${stage}${percent}${share === null ? '' : left(share)}\n`);
    },
    clear() {
      if (console.live && lastLine !== '') console.err('\r\u001b[K');
      lastLine = '';
    },
  };
}
