/**
 * A script for the scripted server: a model that does as it is told, by simple rules. It reads the record of the
 * request, quotes what it finds there, and cites the right lines.
 */
import { says } from './scripted-server.ts';
import type { ChatRequest, Script, ScriptedReply } from './scripted-server.ts';

export interface RecordLine {
  readonly number: number;
  readonly name: string;
  readonly text: string;
}

/** The lines of the record between the fences of a request. */
export function recordIn(user: string): string[] {
  const [, seal = ''] = /^===== RECORD ([0-9a-f]{16}) BEGINS =====$/mu.exec(user) ?? [];
  const begins = `===== RECORD ${seal} BEGINS =====\n`;
  const from = user.indexOf(begins) + begins.length;
  return user.slice(from, user.indexOf(`\n===== RECORD ${seal} ENDS =====`, from)).split('\n');
}

export function spokenLines(user: string): RecordLine[] {
  return recordIn(user).flatMap((line) => {
    const [, number, name = '', text = ''] = /^\[(\d+)\] (?:M\d+ )?[\d:]+ ([^:]*): (.*)$/u.exec(line) ?? [];
    return number === undefined ? [] : [{ number: Number(number), name, text }];
  });
}

const EMPTY_TOPICS = { topics: [], moments: [], keywords: [] };
export const EMPTY_OUTCOMES = { decisions: [], actions: [], questions: [], speakers: [], sections: [] };

/** A topic for every so many lines. */
const LINES_OF_A_TOPIC = 12;

function topicsOf(lines: readonly RecordLine[]): unknown {
  const said = lines.filter(({ text }) => /\p{L}{2}/u.test(text));
  const starts = said.filter((_, at) => at % LINES_OF_A_TOPIC === 0);
  return {
    ...EMPTY_TOPICS,
    topics: starts.map(({ number, text }, at) => ({
      title: text.split(' ').slice(0, 4).join(' '),
      first_line: number,
      points: said
        .slice(at * LINES_OF_A_TOPIC, (at + 1) * LINES_OF_A_TOPIC)
        .filter((line, place) => place === 0 || line.text.includes('FACT'))
        .map((line) => ({ text: line.text, lines: [line.number] })),
    })),
    keywords: [...new Set(said.flatMap(({ text }) => text.match(/\p{Lu}\p{Ll}{5,}/gu) ?? []))].slice(0, 5),
  };
}

function outcomesOf(lines: readonly RecordLine[]): unknown {
  return {
    ...EMPTY_OUTCOMES,
    decisions: lines
      .filter(({ text }) => /\bwe decided\b|我们决定/iu.test(text))
      .map(({ number, text }) => ({ text, lines: [number] })),
    actions: lines
      .filter(({ text }) => /\bI'll\b|我来/u.test(text))
      .map(({ number, name, text }) => ({
        text,
        owner: name,
        due: /\bby \w+|周.之前/u.exec(text)?.[0] ?? null,
        lines: [number],
      })),
    questions: lines.flatMap(({ number, text }, at) => {
      const answer = lines[at + 1];
      if (!/[?？]$/u.test(text)) return [];
      return [
        {
          question: text,
          asked: [number],
          answer: answer?.text ?? null,
          answered: answer === undefined ? [] : [answer.number],
        },
      ];
    }),
    speakers: [...Map.groupBy(lines, ({ name }) => name)].map(([name, [first]]) => ({
      name,
      points: first === undefined ? [] : [{ text: first.text, lines: [first.number] }],
    })),
  };
}

/** Writes from facts as the writer's record has them: `T1 from line 3: title`, `- (3) point`, `Decision (9) …`. */
function minutesOf(user: string): unknown {
  const facts = recordIn(user).flatMap((line) => {
    const [, mark = '', numbers = '', text = ''] =
      /^(-|Decision|Task) \(([\d, ]+)\) (.*?)(?:; owner.*|; due.*)?$/u.exec(line) ?? [];
    return text === '' ? [] : [{ mark, lines: numbers.split(', ').map(Number), text }];
  });
  const topics = recordIn(user).flatMap((line) => {
    const [, number, title = ''] = /^T(\d+) from line \d+: (.*)$/u.exec(line) ?? [];
    return number === undefined ? [] : [{ number: Number(number), title }];
  });
  const points = facts.filter(({ mark }) => mark === '-');
  return {
    title: topics[0]?.title ?? facts[0]?.text.split(' ').slice(0, 4).join(' ') ?? '',
    summary: facts.slice(0, 3).map(({ text, lines }) => ({ text, lines })),
    chapters: topics.map(({ number, title }, at) => ({
      topic: number,
      title,
      text: points[at]?.text ?? '',
      lines: points[at]?.lines ?? [],
    })),
  };
}

function answerOf(user: string): unknown {
  const question = /no order either: "(.*)"/u.exec(user)?.[1] ?? '';
  const words = question.toLowerCase().match(/\p{L}{4,}|\p{Script=Han}{2}/gu) ?? [];
  const found = spokenLines(user).filter(({ text }) => words.some((word) => text.toLowerCase().includes(word)));
  return {
    claims: found.slice(0, 3).map(({ number, text }) => ({ text, lines: [number], role: 'answers' })),
    exhaustive: false,
    answered: found.length > 0,
  };
}

/** Every pass, told apart by its schema. */
export function takesMinutes(request: ChatRequest): ScriptedReply {
  const { schemaName, user } = request;
  if (schemaName === 'topics') return says(topicsOf(spokenLines(user)));
  if (schemaName === 'outcomes') return says(outcomesOf(spokenLines(user)));
  return says(schemaName === 'minutes' ? minutesOf(user) : answerOf(user));
}

/** The given reply for one pass, and what a good model says for the others. */
export function takesMinutesBut(passes: Readonly<Record<string, Script>>): Script {
  return (request) => (passes[request.schemaName ?? ''] ?? takesMinutes)(request);
}
