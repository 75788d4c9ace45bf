import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from './data-folder.ts';
import { type Domain, qmsumDomainOf } from './qmsum-domain.ts';

const file = z.object({
  meeting: z.string(),
  turns: z.array(z.object({ speaker: z.string(), text: z.string() })),
  queries: z.array(
    z.object({
      type: z.string(),
      question: z.string(),
      answer: z.string(),
      relevant_turns: z.array(z.tuple([z.number(), z.number()])).nullish(),
      answer_evidence: z.array(z.object({ evidence: z.array(z.object({ turn: z.number() })) })).nullish(),
    }),
  ),
});

export interface AskedQuestion {
  readonly question: string;
  readonly answer: string;
  /** Turns that people marked as those the question is about. */
  readonly relevantTurns: ReadonlySet<number>;
  /** Turns that the answer rests on. */
  readonly evidenceTurns: ReadonlySet<number>;
}
/** A written meeting with questions about single matters in it. */
export interface AskedMeeting {
  readonly name: string;
  readonly domain: Domain;
  readonly turns: readonly { readonly speaker: string; readonly text: string }[];
  readonly questions: readonly AskedQuestion[];
}

const turnsWithin = (spans: readonly (readonly [number, number])[]): ReadonlySet<number> =>
  new Set(spans.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, step) => first + step)));

/** The QMSum meetings with their specific queries, by file name. Throws UsageProblem. */
export const loadAskedMeetings = (dataFolder: string): readonly AskedMeeting[] => {
  const folder = join(dataFolder, 'text', 'qmsum');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => {
      const { meeting, turns, queries } = readJson(join(folder, name), file);
      return {
        name: meeting,
        domain: qmsumDomainOf(meeting),
        turns: turns.map(({ speaker, text }) => ({ speaker, text })),
        questions: queries
          .filter(({ type }) => type === 'specific')
          .map((query) => ({
            question: query.question,
            answer: query.answer,
            relevantTurns: turnsWithin(query.relevant_turns ?? []),
            evidenceTurns: new Set(
              (query.answer_evidence ?? []).flatMap(({ evidence }) => evidence.map(({ turn }) => turn)),
            ),
          })),
      };
    });
};
