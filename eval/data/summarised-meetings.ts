import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from './data-folder.ts';
import { type Domain, qmsumDomainOf } from './qmsum-domain.ts';

const evidence = z.object({ turn: z.number(), sent: z.number() });
const file = z.object({
  meeting: z.string(),
  lang: z.string(),
  turns: z.array(
    z.object({
      speaker: z.string(),
      text: z.string(),
      sentences: z.array(z.string()).optional(),
      salient_sentences: z.array(z.number()).optional(),
    }),
  ),
  topics: z.array(
    z.object({ title: z.string(), start_turn: z.number(), end_turn: z.number(), summary: z.string().optional() }),
  ),
  queries: z.array(
    z.object({
      type: z.string(),
      answer: z.string(),
      answer_evidence: z.array(z.object({ evidence: z.array(evidence) })).nullish(),
    }),
  ),
});

/** A stretch of turns that somebody summarised, and what they rested the summary on. */
interface SummarisedStretch {
  readonly firstTurn: number;
  /** The last turn in it. */
  readonly lastTurn: number;
  readonly title: string;
  readonly summary: string;
}

/** A written meeting with summaries made by people. */
export interface SummarisedMeeting {
  readonly name: string;
  readonly language: string;
  /** Meetings of the same people or on the same matter share one. */
  readonly series: string;
  /** `talk`: of VCSum, which has one kind. */
  readonly domain: Domain | 'talk';
  readonly turns: readonly { readonly speaker: string; readonly text: string }[];
  /** Of the whole; null when there is none. */
  readonly summary: string | null;
  /** Titled stretches; `summary` is empty where nobody wrote one. */
  readonly stretches: readonly SummarisedStretch[];
  /** Sentences that the summaries rest on, by turn. */
  readonly restsOn: ReadonlyMap<number, readonly string[]>;
}

/** Teams met several times, working groups weekly, committees on one matter; talks stand alone. */
const seriesOf = (set: 'qmsum' | 'vcsum', name: string): string =>
  (set === 'qmsum' ? /^(?:[A-Z]{2}\d+|B[a-z]{2}|[a-z]+(?=_))/u.exec(name)?.[0] : null) ?? name;

/** All meetings of a set, by file name. Throws UsageProblem. */
export const loadSummarisedMeetings = (dataFolder: string, set: 'qmsum' | 'vcsum'): readonly SummarisedMeeting[] => {
  const folder = join(dataFolder, 'text', set);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => {
      const meeting = readJson(join(folder, name), file);
      const general = meeting.queries.find(({ type }) => type === 'general');
      const marked =
        set === 'vcsum'
          ? meeting.turns.flatMap(({ salient_sentences }, turn) =>
              (salient_sentences ?? []).map((sent) => ({ turn, sent })),
            )
          : (general?.answer_evidence ?? []).flatMap((answer) => answer.evidence);
      const sentences = marked.flatMap(({ turn, sent }) => {
        const text = meeting.turns[turn]?.sentences?.[sent];
        return text === undefined ? [] : [{ turn, text }];
      });
      return {
        name: meeting.meeting,
        language: meeting.lang,
        series: seriesOf(set, meeting.meeting),
        domain: set === 'vcsum' ? 'talk' : qmsumDomainOf(meeting.meeting),
        turns: meeting.turns.map(({ speaker, text }) => ({ speaker, text })),
        summary: general?.answer ?? null,
        stretches: meeting.topics.map((topic) => ({
          firstTurn: topic.start_turn,
          lastTurn: topic.end_turn,
          title: topic.title,
          summary: topic.summary ?? '',
        })),
        restsOn: new Map(
          [...Map.groupBy(sentences, ({ turn }) => turn)].map(([turn, own]) => [turn, own.map(({ text }) => text)]),
        ),
      };
    });
};
