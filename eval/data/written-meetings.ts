import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from './data-folder.ts';

const topic = z.object({ title: z.string(), start_turn: z.number(), end_turn: z.number() });
const file = z.object({
  meeting: z.string(),
  lang: z.string(),
  turns: z.array(
    z.object({
      speaker: z.string(),
      text: z.string(),
      sentences: z.array(z.string()).optional(),
      start: z.number().optional(),
      end: z.number().optional(),
    }),
  ),
  topics: z.array(topic),
  action_items: z
    .array(z.object({ text: z.string(), evidence: z.array(z.object({ turn: z.number(), sent: z.number() })) }))
    .nullish(),
});

/** A meeting of which only the words are known. */
export interface WrittenMeeting {
  readonly name: string;
  readonly language: string;
  readonly turns: readonly {
    readonly speaker: string;
    readonly text: string;
    /** The turn cut into sentences; the whole turn when the source has no cuts. */
    readonly sentences: readonly string[];
    /** Absent when the source has no times. */
    readonly startMs?: number;
    readonly endMs?: number;
  }[];
  /** Turns at which a topic begins, the first turn not among them; ordered. */
  readonly topicStarts: readonly number[];
  /** Null: nobody looked for action items in this meeting. */
  readonly actions:
    | readonly {
        readonly text: string;
        readonly evidence: readonly { readonly turn: number; readonly sentence: number }[];
      }[]
    | null;
}

export type WrittenSet = 'qmsum' | 'vcsum' | 'tinyrec';

/** All meetings of a set, by file name. Throws UsageProblem. */
export const loadWrittenMeetings = (dataFolder: string, set: WrittenSet): readonly WrittenMeeting[] => {
  const folder = join(dataFolder, 'text', set);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => {
      const meeting = readJson(join(folder, name), file);
      const starts = new Set(meeting.topics.map((entry) => entry.start_turn));
      return {
        name: meeting.meeting,
        language: meeting.lang,
        turns: meeting.turns.map((turn) => ({
          speaker: turn.speaker,
          text: turn.text,
          sentences: turn.sentences ?? [turn.text],
          ...(turn.start === undefined ? {} : { startMs: Math.round(turn.start * 1000) }),
          ...(turn.end === undefined ? {} : { endMs: Math.round(turn.end * 1000) }),
        })),
        topicStarts: [...starts].filter((start) => start > 0 && start < meeting.turns.length).toSorted((a, b) => a - b),
        actions:
          meeting.action_items?.map((item) => ({
            text: item.text,
            evidence: item.evidence.map(({ turn, sent }) => ({ turn, sentence: sent })),
          })) ?? null,
      };
    });
};
