import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type PublicMeeting, publicMeeting } from '../../src/core/export/json.ts';
import { dataFolder, run } from './earshot-process.ts';

const scriptShape = z.object({
  tracks: z.array(z.object({ speaker: z.string(), file: z.string() })),
  utterances: z.array(z.object({ speaker: z.string(), text: z.string(), language: z.string() })),
  decisions: z.array(z.string()),
  actions: z.array(z.object({ text: z.string(), owner: z.string(), due: z.string() })),
  openQuestion: z.string(),
});

/** Settings that would send everything elsewhere if anything tried: every request would fail. */
const CUT_OFF = {
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NODE_USE_ENV_PROXY: '1',
  // Empty counts as unset: the default model.
  EARSHOT_WHISPER: '',
};

/** Lower-case words of four letters and more, and numbers: what a recogniser may be held to. */
function keyWords(text: string): readonly string[] {
  return text.toLowerCase().match(/\p{L}{4,}|\d+/gu) ?? [];
}
/** The share of `wanted`'s words that `text` has. */
function share(wanted: string, text: string): number {
  const words = keyWords(wanted);
  const there = new Set(keyWords(text));
  return words.filter((word) => there.has(word)).length / words.length;
}

let folder: Awaited<ReturnType<typeof dataFolder>>;
let meeting: PublicMeeting;
let script: z.infer<typeof scriptShape>;
beforeAll(async () => {
  folder = await dataFolder();
  script = scriptShape.parse(JSON.parse(await readFile('demo/script.json', 'utf8')));
  const tracks = script.tracks.map((track) => `${track.speaker}=demo/${track.file}`);
  const ended = await run(['transcribe', '--tracks', ...tracks, '--json'], { env: { ...folder.env, ...CUT_OFF } });
  if (ended.code !== 0) throw new Error(ended.stderr);
  meeting = publicMeeting.parse(JSON.parse(ended.stdout));
}, 300_000);
afterAll(() => folder.remove());

describe('the bundled meeting through the real models', () => {
  it('the demo needs no key, no setting and no network, and finds every decision and action of the bundled meeting', () => {
    for (const decision of script.decisions) {
      expect(Math.max(...meeting.minutes.decisions.map(({ text }) => share(decision, text))), decision).toBeGreaterThan(
        0.5,
      );
    }
    for (const action of script.actions) {
      const found = meeting.minutes.actions.find(
        ({ text, owner }) => owner === action.owner && share(action.text, text) >= 0.5,
      );
      expect(found, action.text).toBeDefined();
      expect(found?.dueText).not.toBeNull();
    }
    expect(meeting.minutes.actions).toHaveLength(script.actions.length);
    expect(meeting.minutes.decisions).toHaveLength(script.decisions.length);
  });

  it('gives every word to the right speaker, and nearly every word right', () => {
    for (const { speaker } of script.tracks) {
      const expected = script.utterances.filter((utterance) => utterance.speaker === speaker);
      const heard = meeting.utterances.filter((utterance) => utterance.speaker === speaker);
      const text = heard.map((utterance) => utterance.text).join(' ');
      expect(share(expected.map((utterance) => utterance.text).join(' '), text), speaker).toBeGreaterThan(0.85);
    }
  });

  it('hears that one of them speaks Spanish', () => {
    const lucia = meeting.utterances.filter((utterance) => utterance.speaker === 'Lucia');
    const spanish = lucia.filter((utterance) => utterance.language === 'es');
    expect(spanish.length).toBeGreaterThan(lucia.length / 2);
  });

  it('leaves the open question open, and answers the others', () => {
    const open = meeting.minutes.questions.filter((question) => question.answer === null);
    expect(open.map(({ question }) => share(script.openQuestion, question) > 0.5)).toContain(true);
    expect(meeting.minutes.questions.filter((question) => question.answer !== null).length).toBeGreaterThan(3);
  });

  it('cites only utterances that exist, for everything it says', () => {
    const ids = new Set(meeting.utterances.map((utterance) => utterance.id));
    const { summary, chapters, decisions, actions, questions, speakers } = meeting.minutes;
    const cited = [
      ...[...summary, ...chapters, ...decisions, ...actions].map((item) => item.utteranceIds),
      ...questions.map((question) => question.questionUtteranceIds),
      ...speakers.flatMap((speaker) => speaker.points.map((point) => point.utteranceIds)),
    ];
    expect(cited.length).toBeGreaterThan(10);
    for (const utteranceIds of cited) {
      expect(utteranceIds.length).toBeGreaterThan(0);
      expect(utteranceIds.filter((id) => !ids.has(id))).toEqual([]);
    }
  });

  it('is found by search and answers questions with the moment, also after it was posted', async () => {
    const found = await run(['search', 'price list', '--json'], folder);
    expect(
      z.array(z.object({ meetingId: z.string(), startMs: z.number() })).parse(JSON.parse(found.stdout)).length,
    ).toBeGreaterThan(0);
    const asked = await run(['ask', 'When do we launch Harbor?', '--meeting', meeting.meeting.id, '--json'], folder);
    const answer = z
      .object({ kind: z.string(), claims: z.array(z.object({ text: z.string() })) })
      .parse(JSON.parse(asked.stdout));
    expect(answer.kind).toBe('answered');
    expect(answer.claims.some(({ text }) => /16|sixteen/iu.test(text))).toBe(true);
    const unsaid = await run(['ask', 'What is the marketing budget?', '--json'], folder);
    expect(JSON.parse(unsaid.stdout)).toMatchObject({ kind: 'not-said', claims: [] });
  });

  it('can be printed again in every format, and forgotten', async () => {
    const { id } = meeting.meeting;
    const thread = await run(['show', id], folder);
    for (const heading of [
      'Summary',
      'Chapters',
      'Decisions',
      'Action items',
      'Questions and answers',
      'Open questions',
      'Key moments',
      'Speakers',
      'Keywords',
      'Files',
    ]) {
      expect(thread.stdout).toMatch(new RegExp(`^${heading}$`, 'mu'));
    }
    expect((await run(['show', id, '--format', 'srt'], folder)).stdout).toMatch(/^1\n00:00:0\d,\d{3} --> /u);
    expect((await run(['show', id, '--format', 'vtt'], folder)).stdout).toMatch(/^WEBVTT\n/u);
    expect((await run(['show', id, '--format', 'txt'], folder)).stdout).toMatch(/^\[0:0\d\] Mia: /mu);
    expect((await run(['show', id, '--format', 'md'], folder)).stdout).toMatch(/^# /u);
    expect(JSON.parse((await run(['show', id, '--json'], folder)).stdout)).toEqual(meeting);
    const forgotten = await run(['forget', id], folder);
    expect(forgotten.code, forgotten.stderr).toBe(0);
    expect((await run(['show', id], folder)).code).toBe(1);
    expect(JSON.parse((await run(['search', 'price list', '--json'], folder)).stdout)).toEqual([]);
  }, 120_000);
});
