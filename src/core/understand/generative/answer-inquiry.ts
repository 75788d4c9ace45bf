/** Answers through a model: claims with their lines, over as many windows as the evidence needs. */
import { checkAnswer, cited } from '../../cite.ts';
import { detectLanguage } from '../../import-transcript/detect-language.ts';
import type { Answer, AnswerClaim, MeetingId, Provenance, Utterance } from '../../model.ts';
import type { Inquiry } from '../../ports.ts';
import { ANSWER_SCHEMA, answerTask, asksForEverything } from './answer.ts';
import type { AnswerReply } from './answer.ts';
import { claimOn, likeness } from './claims.ts';
import type { Claim } from './claims.ts';
import { echoesOf } from './echo.ts';
import { linesOf, neutral } from './evidence-lines.ts';
import type { EvidenceLine } from './evidence-lines.ts';
import { askOnce, eachWindow, readWindow, roomFor } from './gather.ts';
import type { Pass } from './gather.ts';
import { INSTRUCTIONS } from './instructions.ts';
import type { Session } from './session.ts';
import { tidy, typeset } from './typeset.ts';
import { windowsOf } from './windows.ts';
import type { Window } from './windows.ts';

const MOST_CLAIMS = 5;
/** Claims that share this much of their words say the same. */
const REPEATS = 0.8;

interface Numbered {
  readonly utterance: Utterance;
  readonly meetingId: MeetingId;
}
interface Found extends Claim {
  readonly role: AnswerReply['claims'][number]['role'];
}
/** What one reading gave; null: the model gave nothing usable. */
type Reading = { readonly claims: readonly Found[]; readonly exhaustive: boolean } | null;

/** Numbers run over all passages. */
function numbered(
  inquiry: Inquiry,
  session: Session,
  mostTokens: number,
): { lines: EvidenceLine[]; record: Numbered[] } {
  const meetings = [...new Set(inquiry.evidence.map(({ meetingId }) => meetingId))];
  const record: Numbered[] = [];
  const lines: EvidenceLine[] = [];
  for (const passage of inquiry.evidence) {
    const label = meetings.length > 1 ? `M${meetings.indexOf(passage.meetingId) + 1} ` : '';
    const { countTokens } = session;
    lines.push(...linesOf(passage, { mostTokens, countTokens, from: record.length + 1, label }));
    record.push(...passage.utterances.map((utterance) => ({ utterance, meetingId: passage.meetingId })));
  }
  return { lines, record };
}

/** Null: the model cannot be had, or gives nothing usable; another analyst has to answer. */
export async function answerInquiry(inquiry: Inquiry, session: Session, by: () => Provenance): Promise<Answer | null> {
  const { question, evidence } = inquiry;
  const searched = evidence.reduce((count, { utterances }) => count + utterances.length, 0);
  const notSaid = (): Answer => ({ kind: 'not-said', question, searched, by: by() });
  if (question.trim() === '' || searched === 0) return notSaid();
  const language = detectLanguage(question);
  const several = new Set(evidence.map(({ meetingId }) => meetingId)).size > 1;
  const taskFor = (asked: string): string => answerTask(asked, { complete: inquiry.complete, several, language });
  const pass: Pass<AnswerReply> = { schemaName: 'answer', schema: ANSWER_SCHEMA, task: taskFor(question) };
  const room = roomFor(session, pass);
  const { lines, record } = numbered(inquiry, session, Math.floor(room / 2));
  if (lines.length === 0) return notSaid();
  // The question itself may be repeated in an answer.
  const echoes = echoesOf(
    [INSTRUCTIONS, taskFor('')],
    record.map(({ utterance }) => utterance.text),
  );
  const written = (text: string): string => {
    const plain = tidy(text);
    return echoes(plain) ? '' : typeset(plain, language);
  };
  const windows = windowsOf(lines, room);
  // Passages come best first, so what does not fit into one window is the least of them.
  const isWhole = inquiry.complete || windows.length === 1;
  const reading = isWhole
    ? await readAll(session, pass, windows, written)
    : await readBest(session, pass, lines, room, written);
  if (reading === null) return null;
  if (!inquiry.complete && (reading.exhaustive || asksForEverything(question))) return notSaid();
  const claims = distinct(reading.claims).flatMap((claim) => answerClaim(claim, record));
  const [first, ...rest] = claims;
  if (first === undefined) return notSaid();
  const checked = checkAnswer({ kind: 'answered', question, claims: [first, ...rest], by: by() }, evidence);
  if (checked.kind === 'not-said') return notSaid();
  const [best, ...others] = checked.claims;
  return { ...checked, claims: [best, ...others.slice(0, MOST_CLAIMS - 1)] };
}

function readingOf(reply: AnswerReply, shown: ReadonlySet<number>, written: (text: string) => string): Reading {
  const claims = reply.claims.flatMap(({ text, lines, role }) => {
    const claim = claimOn(written(text), lines, shown);
    return claim === null ? [] : [{ ...claim, role }];
  });
  return { claims: reply.answered ? claims : [], exhaustive: reply.exhaustive };
}

function shownIn(lines: readonly EvidenceLine[]): ReadonlySet<number> {
  return new Set(lines.map(({ number }) => number));
}

async function readBest(
  session: Session,
  pass: Pass<AnswerReply>,
  lines: readonly EvidenceLine[],
  room: number,
  written: (text: string) => string,
): Promise<Reading> {
  let left = room;
  const fitting = lines.filter(({ tokens }) => (left -= tokens) >= 0);
  const reply = await askOnce(
    session,
    pass,
    fitting.map(({ text }) => text),
  );
  return reply.kind === 'complete' ? readingOf(reply.value, shownIn(fitting), written) : null;
}

/** Every window is read; when several have something to say, the answer is written once from what they gave. */
async function readAll(
  session: Session,
  pass: Pass<AnswerReply>,
  windows: readonly Window[],
  written: (text: string) => string,
): Promise<Reading> {
  const replies = (await eachWindow(windows, (window) => readWindow(session, pass, window))).flat();
  const readings = replies.map((reply) =>
    reply.kind === 'read' ? readingOf(reply.value, shownIn(reply.window.lines), written) : null,
  );
  // With a window unread nobody knows what was said in it.
  if (readings.includes(null)) return null;
  const given = readings.filter((reading) => reading !== null && reading.claims.length > 0);
  const claims = given.flatMap((reading) => reading?.claims ?? []);
  const exhaustive = readings.some((reading) => reading?.exhaustive === true);
  if (given.length <= 1) return { claims, exhaustive };
  const shown = new Set(claims.flatMap((claim) => claim.lines));
  const facts = claims.map((claim) => `(${claim.lines.join(', ')}) ${neutral(claim.text)}`);
  const reply = await askOnce(session, pass, facts);
  const merged = reply.kind === 'complete' ? readingOf(reply.value, shown, written) : null;
  return merged === null || merged.claims.length === 0 ? { claims, exhaustive } : { ...merged, exhaustive };
}

/** What answers first, then what stands against it; nothing twice. */
function distinct(claims: readonly Found[]): Found[] {
  const kept: Found[] = [];
  const ordered = [
    ...claims.filter(({ role }) => role === 'answers'),
    ...claims.filter(({ role }) => role !== 'answers'),
  ];
  for (const claim of ordered) {
    const repeats = kept.some(
      (other) => likeness(other.text, claim.text) >= REPEATS && other.lines[0] === claim.lines[0],
    );
    if (!repeats) kept.push(claim);
  }
  // What contradicts is not crowded out by a fifth sentence of the same.
  const against = kept.filter(({ role }) => role !== 'answers').slice(0, 2);
  const answers = kept.filter(({ role }) => role === 'answers').slice(0, MOST_CLAIMS - against.length);
  return [...answers, ...against];
}

/** Resting on the meeting that most of its lines are from: a claim is about one meeting. */
function answerClaim(claim: Claim, record: readonly Numbered[]): AnswerClaim[] {
  const lines = claim.lines.flatMap((line) => record[line - 1] ?? []);
  const [most] = [...Map.groupBy(lines, ({ meetingId }) => meetingId)].toSorted((a, b) => b[1].length - a[1].length);
  if (most === undefined) return [];
  const [first, ...rest] = most[1].map(({ utterance }) => utterance);
  return first === undefined ? [] : [{ ...cited(claim.text, [first, ...rest]), meetingId: most[0] }];
}
