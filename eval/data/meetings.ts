import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from './data-folder.ts';

const spoken = z.object({ speaker: z.string(), start: z.number(), end: z.number(), text: z.string() });
const meetingFile = z.object({
  lang: z.string(),
  duration: z.number(),
  tracks: z.record(z.string(), z.string()),
  segments: z.array(spoken).optional(),
  turns: z.array(spoken).optional(),
});
const scriptFile = z.object({
  topics: z.array(z.object({ title: z.string(), start_turn: z.number() })),
  action_items: z.array(
    z.object({ owner: z.string(), task: z.string(), due: z.string(), evidence_turns: z.array(z.number()) }),
  ),
  decisions: z.array(z.object({ text: z.string(), evidence_turns: z.array(z.number()) })),
  queries: z.array(z.object({ question: z.string(), answerable: z.boolean(), relevant_turns: z.array(z.number()) })),
});

interface SpokenTurn {
  readonly speaker: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}
/** A meeting recorded with one microphone per speaker. */
export interface TrackedMeeting {
  readonly name: string;
  readonly language: string;
  readonly durationMs: number;
  readonly tracks: readonly { readonly speaker: string; readonly path: string }[];
  readonly turns: readonly SpokenTurn[];
}
/** What a scripted meeting is known to contain; turns are positions in the meeting's `turns`. */
export interface Script {
  readonly chapters: readonly { readonly title: string; readonly startTurn: number }[];
  readonly actions: readonly {
    readonly owner: string;
    readonly task: string;
    readonly due: string;
    readonly turns: readonly number[];
  }[];
  readonly decisions: readonly { readonly text: string; readonly turns: readonly number[] }[];
  readonly questions: readonly {
    readonly question: string;
    readonly answerable: boolean;
    readonly turns: readonly number[];
  }[];
}
/** A real recording with labelled turns; the words of it are not known well enough to score. */
export interface LabelledRecording {
  readonly name: string;
  readonly path: string;
  readonly durationMs: number;
  readonly turns: readonly { readonly speaker: string; readonly startMs: number; readonly endMs: number }[];
}

const ms = (seconds: number): number => Math.round(seconds * 1000);

/** Throws UsageProblem when the meeting's description is missing or not what was expected. */
export const loadTrackedMeeting = (dataFolder: string, name: string): TrackedMeeting => {
  const folder = join(dataFolder, 'meetings', name);
  const meeting = readJson(join(folder, 'ref.json'), meetingFile);
  return {
    name,
    language: meeting.lang,
    durationMs: ms(meeting.duration),
    tracks: Object.entries(meeting.tracks).map(([speaker, file]) => ({ speaker, path: join(folder, file) })),
    turns: (meeting.turns ?? meeting.segments ?? []).map((turn) => ({
      speaker: turn.speaker,
      startMs: ms(turn.start),
      endMs: ms(turn.end),
      text: turn.text,
    })),
  };
};

/** What is known about a scripted meeting beyond its words. Throws UsageProblem. */
export const loadScript = (dataFolder: string, name: string): Script => {
  const script = readJson(join(dataFolder, 'meetings', name, 'ref.json'), scriptFile);
  return {
    chapters: script.topics.map((topic) => ({ title: topic.title, startTurn: topic.start_turn })),
    actions: script.action_items.map(({ owner, task, due, evidence_turns: turns }) => ({ owner, task, due, turns })),
    decisions: script.decisions.map(({ text, evidence_turns: turns }) => ({ text, turns })),
    questions: script.queries.map(({ question, answerable, relevant_turns: turns }) => ({
      question,
      answerable,
      turns,
    })),
  };
};

/** Turns of a NIST RTTM file: `SPEAKER file channel start duration <NA> <NA> name …`, seconds. */
export const parseRttm = (text: string): LabelledRecording['turns'] =>
  text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([type]) => type === 'SPEAKER')
    .map(([, , , start = '0', duration = '0', , , speaker = '']) => ({
      speaker,
      startMs: ms(Number(start)),
      endMs: ms(Number(start) + Number(duration)),
    }));

/** The real meeting excerpts with labelled turns (`meetings/ami-*`), by name. */
export const loadLabelledRecordings = (dataFolder: string): readonly LabelledRecording[] =>
  readdirSync(join(dataFolder, 'meetings'))
    .filter((name) => name.startsWith('ami-') && existsSync(join(dataFolder, 'meetings', name, 'ref.rttm')))
    .toSorted()
    .map((name) => {
      const folder = join(dataFolder, 'meetings', name);
      const { duration } = readJson(join(folder, 'ref.json'), z.object({ duration: z.number() }));
      return {
        name,
        path: join(folder, 'audio.flac'),
        durationMs: ms(duration),
        turns: parseRttm(readFileSync(join(folder, 'ref.rttm'), 'utf8')),
      };
    });
