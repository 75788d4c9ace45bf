import { describe, expect, it } from 'vitest';
import { createProgressBar } from './progress-bar.ts';

function watched(live: boolean): {
  readonly written: string[];
  readonly at: (ms: number) => void;
  readonly show: (stage: string, share: number | null) => void;
  readonly clear: () => void;
} {
  const written: string[] = [];
  let nowMs = 0;
  const bar = createProgressBar({ err: (text) => written.push(text), live }, 'talk.mp3', () => nowMs);
  return { ...bar, written, at: (ms) => (nowMs = ms) };
}

describe('the progress bar', () => {
  it('redraws one line with stage, share done and time left on a terminal', () => {
    const { written, show, at } = watched(true);
    show('listening', 0);
    at(10_000);
    show('listening', 0.25);
    expect(written.at(-1)).toBe('\r\u001b[Ktalk.mp3: listening ██████░░░░░░░░░░░░░░░░░░ 25 %, about 30 s left');
    expect(written.every((text) => text.startsWith('\r'))).toBe(true);
  });

  it('leaves an empty line behind on a terminal', () => {
    const { written, show, clear } = watched(true);
    show('listening', 0.5);
    clear();
    expect(written.at(-1)).toBe('\r\u001b[K');
  });

  it('prints a plain line per stage and per tenth when nobody can redraw', () => {
    const { written, show } = watched(false);
    for (const share of [0, 0.01, 0.05, 0.1, 0.12, 0.2]) show('listening', share);
    show('understanding', null);
    show('understanding', null);
    expect(written).toEqual([
      'talk.mp3: listening 0 %\n',
      'talk.mp3: listening 10 %\n',
      'talk.mp3: listening 20 %\n',
      'talk.mp3: understanding\n',
    ]);
  });

  it('counts the time left from where a resumed stage began, not from zero', () => {
    const { written, show, at } = watched(false);
    show('listening', 0.8);
    at(10_000);
    show('listening', 0.9);
    expect(written.at(-1)).toContain('about 10 s left');
  });

  it('says nothing of time left when the length of the recording is not known', () => {
    const { written, show, at } = watched(true);
    show('listening', null);
    at(60_000);
    show('listening', null);
    expect(written).toEqual(['\r\u001b[Ktalk.mp3: listening …']);
  });
});
