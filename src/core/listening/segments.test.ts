import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSegmenter, segmentRules } from './segments.ts';
import type { Frame, Segment, SegmentRules } from './segments.ts';

const rules: SegmentRules = { enter: 0.5, stay: 0.3, pad: 3, pause: 6, patience: 10, longEnough: 20, most: 50 };
const frame = (probability: number, levelDb = -40): Frame => ({ samples: new Float32Array(0), probability, levelDb });

const segment = (probabilities: readonly number[], by = rules): Segment[] => {
  const segmenter = createSegmenter(by);
  const found = probabilities.map((probability) => segmenter.accept(frame(probability)));
  return [...found, segmenter.finish()].filter((one) => one !== null);
};
const quiet = (frames: number) => Array.from({ length: frames }, () => 0.01);
const speech = (frames: number) => Array.from({ length: frames }, () => 0.9);
const spans = (segments: readonly Segment[]) => segments.map(({ start, end }) => [start, end]);

/** Bursts of speech and silence with single stray frames, as tracks have them. */
const track = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 70 }), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 40 })
  .map((runs) => runs.flatMap(([length, probability]) => Array.from({ length }, () => probability)));
const anyRules = fc.record({
  enter: fc.constantFrom(0.3, 0.5),
  stay: fc.constantFrom(0.1, 0.3),
  pad: fc.integer({ min: 0, max: 12 }),
  pause: fc.integer({ min: 1, max: 20 }),
  patience: fc.integer({ min: 1, max: 30 }),
  longEnough: fc.integer({ min: 1, max: 60 }),
  most: fc.integer({ min: 2, max: 80 }),
});

describe('whatever the track', () => {
  it('segments are in order, never overlap, are never too long, and hold their own frames', () => {
    fc.assert(
      fc.property(track, anyRules, (probabilities, by) => {
        let last = 0;
        for (const one of segment(probabilities, by)) {
          expect(one.start).toBeGreaterThanOrEqual(last);
          expect(one.end).toBeGreaterThan(one.start);
          expect(one.end - one.start).toBeLessThanOrEqual(by.most);
          expect(one.end).toBeLessThanOrEqual(probabilities.length);
          expect(one.frames.map(({ probability }) => probability)).toEqual(probabilities.slice(one.start, one.end));
          last = one.end;
        }
      }),
    );
  });

  it('every frame that is likely enough is in a segment', () => {
    fc.assert(
      fc.property(track, anyRules, (probabilities, by) => {
        const inSegment = new Set(
          segment(probabilities, by).flatMap(({ start, end }) =>
            Array.from({ length: end - start }, (_, i) => start + i),
          ),
        );
        const missed = probabilities.filter((probability, at) => probability >= by.enter && !inSegment.has(at));
        expect(missed).toEqual([]);
      }),
    );
  });

  it('no segment begins before what was called settled', () => {
    fc.assert(
      fc.property(track, anyRules, (probabilities, by) => {
        const segmenter = createSegmenter(by);
        let settled = 0;
        for (const probability of probabilities) {
          const one = segmenter.accept(frame(probability));
          expect(one?.start ?? settled).toBeGreaterThanOrEqual(settled);
          expect(segmenter.settled()).toBeGreaterThanOrEqual(settled);
          settled = segmenter.settled();
        }
        const last = segmenter.finish();
        expect(last?.start ?? settled).toBeGreaterThanOrEqual(settled);
      }),
    );
  });
});

describe('a segment', () => {
  it('has air before and after the speech', () => {
    expect(spans(segment([...quiet(20), ...speech(25), ...quiet(20)]))).toEqual([[17, 48]]);
  });

  it('begins where speech rose, not where it was sure', () => {
    expect(spans(segment([...quiet(20), 0.35, 0.4, ...speech(25), ...quiet(20)]))).toEqual([[17, 50]]);
  });

  it('bridges a pause while it is short, and ends at one once it can stand alone', () => {
    expect(segment([...speech(5), ...quiet(8), ...speech(5), ...quiet(20)])).toHaveLength(1);
    expect(segment([...speech(25), ...quiet(8), ...speech(5), ...quiet(20)])).toHaveLength(2);
    expect(segment([...speech(25), ...quiet(5), ...speech(5), ...quiet(20)])).toHaveLength(1);
  });

  it('without pause is cut in its weakest place', () => {
    const found = segment([...speech(35), 0.4, 0.35, 0.4, ...speech(40), ...quiet(20)]);
    expect(found).toHaveLength(2);
    expect(found[0]?.end).toBe(found[1]?.start);
    expect(Math.abs((found[0]?.end ?? 0) - 36)).toBeLessThanOrEqual(2);
  });

  it('that is equally likely throughout is cut where it is quietest', () => {
    const segmenter = createSegmenter(rules);
    const found = Array.from({ length: 60 }, (_, i) => segmenter.accept(frame(0.9, i > 33 && i < 40 ? -70 : -20)));
    expect(found.find((one) => one !== null)?.end).toBeGreaterThan(32);
    expect(found.find((one) => one !== null)?.end).toBeLessThan(42);
  });

  it('counts the frames that are speech', () => {
    expect(segment([...quiet(20), ...speech(25), ...quiet(20)])[0]?.speechFrames).toBe(25);
  });

  it('fits the recogniser whatever the frame length', () => {
    const by = segmentRules(32, 11_500);
    expect(by.most * 32).toBeLessThanOrEqual(11_500);
    expect(segmentRules(32, 10).most).toBe(1);
  });
});
