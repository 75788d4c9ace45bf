/** A record cut into windows that a model can read at once. */
import type { EvidenceLine } from './evidence-lines.ts';

export interface Window {
  readonly lines: readonly EvidenceLine[];
  /** Numbers of its lines that no earlier window has: every utterance is some window's own. */
  readonly own: ReadonlySet<number>;
}

/** Lines repeated from the window before, so that an answer is read together with its question. */
const OVERLAP_LINES = 4;
/** Of a window's tokens; repeating more would cost more than it saves. */
const OVERLAP_SHARE = 0.12;

function total(lines: readonly EvidenceLine[]): number {
  return lines.reduce((sum, { tokens }) => sum + tokens, 0);
}

function windowOf(lines: readonly EvidenceLine[], fresh: readonly EvidenceLine[]): Window {
  return { lines, own: new Set(fresh.map(({ number }) => number)) };
}

/** As few windows of at most `mostTokens` as will do, about equally long. A line longer than that has one to itself. */
export function windowsOf(lines: readonly EvidenceLine[], mostTokens: number): Window[] {
  const all = total(lines);
  if (all <= mostTokens) return lines.length === 0 ? [] : [windowOf(lines, lines)];
  const room = Math.floor(mostTokens * (1 - OVERLAP_SHARE));
  const aim = Math.ceil(all / Math.ceil(all / room));
  const windows: Window[] = [];
  let fresh: EvidenceLine[] = [];
  let before: readonly EvidenceLine[] = [];
  let held = 0;
  const close = (): void => {
    if (fresh.length === 0) return;
    windows.push(windowOf([...before, ...fresh], fresh));
    before = tail(fresh, mostTokens * OVERLAP_SHARE);
    fresh = [];
    held = 0;
  };
  for (const line of lines) {
    if (held > 0 && (held + line.tokens > room || held + line.tokens / 2 > aim)) close();
    fresh.push(line);
    held += line.tokens;
  }
  close();
  return windows;
}

function tail(lines: readonly EvidenceLine[], mostTokens: number): EvidenceLine[] {
  const kept: EvidenceLine[] = [];
  let tokens = 0;
  for (const line of lines.toReversed()) {
    tokens += line.tokens;
    if (kept.length === OVERLAP_LINES || tokens > mostTokens) break;
    kept.unshift(line);
  }
  return kept;
}

/** The window in two, for a reply that was cut off; null when it has one line only. */
export function halvesOf(window: Window): readonly [Window, Window] | null {
  const middle = Math.ceil(window.lines.length / 2);
  const first = window.lines.slice(0, middle);
  const second = window.lines.slice(middle);
  if (first.length === 0 || second.length === 0) return null;
  const own = (lines: readonly EvidenceLine[]): EvidenceLine[] => lines.filter(({ number }) => window.own.has(number));
  return [windowOf(first, own(first)), windowOf(second, own(second))];
}
