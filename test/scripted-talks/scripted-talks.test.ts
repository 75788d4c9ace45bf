import { describe, expect, it } from 'vitest';
import { checkMinutes } from '../../src/core/cite.ts';
import type { Minutes } from '../../src/core/model.ts';
import { speakerName } from '../../src/core/speaker.ts';
import { minutesOf } from '../../src/core/understand/extractive/minutes.ts';
import { sentencesOf } from '../../src/core/understand/extractive/sentences.ts';
import { STANDARD_TEMPLATES } from '../../src/core/understand/standard-template.ts';
import { createChronoDates } from '../../src/providers/language/dates/chrono-dates.ts';
import { durationOf, talk } from '../contract/transcripts.ts';
import { CHINESE_TALKS } from './chinese-talks.ts';
import { ENGLISH_TALKS } from './english-talks.ts';
import { FURTHER_TALKS } from './further-talks.ts';
import type { TalkScript } from './talk-script.ts';

function minutes(
  script: Pick<TalkScript, 'language' | 'heldAt' | 'timeZone'>,
  turns: [string | null, string][],
): Minutes {
  const transcript = talk(turns, script.language);
  const { heldAt, timeZone } = script;
  const durationMs = durationOf(transcript);
  const brief = {
    title: null,
    durationMs,
    now: heldAt,
    heldAt,
    timeZone,
    language: null,
    template: null,
    templates: STANDARD_TEMPLATES,
  };
  const by = { provider: 'earshot', model: 'extractive', at: heldAt };
  const written = minutesOf(transcript, sentencesOf(transcript.utterances), null, brief, by, createChronoDates());
  return checkMinutes(written, transcript, { title: null, durationMs });
}

/** The expected stretch a text holds, or the text itself where none was expected. */
function expectedIn(text: string, expected: readonly { readonly text: string }[]): string {
  return expected.find((item) => text.includes(item.text))?.text ?? text;
}

describe.each([...ENGLISH_TALKS, ...CHINESE_TALKS, ...FURTHER_TALKS])('of a scripted $name', (script) => {
  const found = minutes(
    script,
    script.turns.map(([name, text]) => [name, text]),
  );

  it('every task is found with its owner and day, and no other', () => {
    const tasks = found.actions.map(({ text, owner, dueDate }) => ({
      text: expectedIn(text, script.actions),
      owner,
      dueDate,
    }));
    expect(tasks).toEqual(script.actions);
  });

  it('every decision that stands is found, and no other', () => {
    const decisions = script.decisions.map((text) => ({ text }));
    expect(found.decisions.map(({ text }) => expectedIn(text, decisions))).toEqual(script.decisions);
  });

  it('every question about the matter is found with who asked, what was answered and by whom', () => {
    const questions = found.questions.map(({ question, askedBy, answer, answeredBy }) => {
      const text = expectedIn(question.text, script.questions);
      const expected = script.questions.find((item) => item.text === text)?.answer ?? null;
      return {
        text,
        askedBy: speakerName(askedBy),
        answer:
          answer !== null && expected !== null && answer.text.includes(expected) ? expected : (answer?.text ?? null),
        answeredBy: answeredBy === null ? null : speakerName(answeredBy),
      };
    });
    expect(questions).toEqual(script.questions);
  });

  it('the kind of talk is told', () => {
    expect(found.kind).toBe(script.kind);
  });
});

describe('of talk in which nothing was agreed', () => {
  const when = { language: 'en', heldAt: '2026-11-23T09:00:00.000Z', timeZone: 'UTC' } as const;

  it.each<[string, [string | null, string][]]>([
    ['silence', []],
    [
      'sounds and fillers',
      [
        [null, '[music]'],
        [null, 'Um.'],
        [null, '...'],
        [null, 'Hmm, uh.'],
      ],
    ],
    [
      'one person thinking aloud',
      [
        ['Ana', 'The weather was terrible in the mountains, and the hut was closed when we arrived.'],
        ['Ana', 'We walked back in the dark, which took four hours.'],
        ['Ana', 'Looking back, I should have checked the website first.'],
      ],
    ],
  ])('nothing is told: %s', (_, turns) => {
    const { actions, decisions, questions } = minutes(when, turns);
    expect({ actions, decisions, questions }).toEqual({ actions: [], decisions: [], questions: [] });
  });

  it('one voice alone may take on tasks, and its own questions have no answers by others', () => {
    const found = minutes(when, [
      ['Ana', 'Note to myself. I will send the invoice to the printer tomorrow. Where did I put the contract?'],
    ]);
    expect(found.actions).toMatchObject([{ owner: 'Ana', dueDate: '2026-11-24' }]);
    expect(found.questions.map(({ answer }) => answer)).toEqual([null]);
  });
});
