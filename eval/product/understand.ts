import { checkMinutes } from '../../src/core/cite.ts';
import type { Minutes, Transcript, Utterance } from '../../src/core/model.ts';
import type { Analyst, Brief } from '../../src/core/ports.ts';
import { STANDARD_TEMPLATES } from '../../src/core/understand/standard-template.ts';
import { utteranceId } from '../../src/core/utterance-id.ts';
import { EVALUATED_MEETING } from './ids.ts';

export interface Line {
  readonly speaker: string;
  readonly text: string;
  readonly startMs?: number;
  readonly endMs?: number;
}

/** About 150 words a minute, and 300 Chinese characters: ordinary speaking rates, for texts without times. */
const MS_PER_WORD = 400;
const MS_PER_HAN_CHARACTER = 200;

const estimatedMs = (text: string): number => {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[[\p{L}\p{N}']--\p{Script=Han}]+/gv)?.length ?? 0;
  return Math.max(MS_PER_WORD, han * MS_PER_HAN_CHARACTER + words * MS_PER_WORD);
};

/** A transcript with one utterance per line, in order; lines without times follow one another at an ordinary rate. */
export const transcriptOf = (lines: readonly Line[], language: string): Transcript => {
  let clockMs = 0;
  const utterances = lines.map((line): Utterance => {
    const startMs = Math.max(clockMs, line.startMs ?? clockMs);
    const endMs = Math.max(startMs + 1, line.endMs ?? startMs + estimatedMs(line.text));
    clockMs = endMs;
    return {
      id: utteranceId(EVALUATED_MEETING, 0, startMs),
      trackId: null,
      speaker: { kind: 'person', person: { platform: 'eval', id: line.speaker, displayName: line.speaker } },
      startMs,
      endMs,
      text: line.text,
      language,
      ...(line.startMs === undefined ? { estimated: true } : {}),
    };
  });
  return { meetingId: EVALUATED_MEETING, language, utterances };
};

/** Minutes as the product would post them: written by the analyst, then checked against their evidence. */
export const minutesOf = async (analyst: Analyst, transcript: Transcript): Promise<Minutes> => {
  const durationMs = Math.max(0, ...transcript.utterances.map((utterance) => utterance.endMs));
  const now = '2026-01-05T09:00:00.000Z';
  const brief: Brief = {
    title: null,
    durationMs,
    now,
    heldAt: now,
    timeZone: 'UTC',
    language: null,
    template: null,
    templates: STANDARD_TEMPLATES,
  };
  const minutes = await analyst.minutes(transcript, brief, new AbortController().signal);
  return checkMinutes(minutes, transcript, { title: null, durationMs });
};
