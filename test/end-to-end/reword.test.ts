/** `earshot translate` and `earshot polish`, against a language model on loopback. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { says, startScriptedServer } from '../openai/scripted-server.ts';
import type { ScriptedServer } from '../openai/scripted-server.ts';
import type { Console } from '../../src/cli/console.ts';
import { OPERATOR } from '../../src/cli/operator.ts';
import { runProgram } from '../../src/cli/program.ts';
import { readConfig } from '../../src/config.ts';
import type { MeetingId } from '../../src/core/model.ts';
import type { Earshot } from '../../src/main.ts';
import { withEarshot } from '../../src/main.ts';
import { dataFolder, run } from './earshot-process.ts';

const TRANSCRIPT = `Mia: Um, so we, we will not ship on Friday because of 3 bugs.
Tom: Then I will, uh, I will fix the tests by Monday.
`;
const CHINESE = ['因为有 3 个错误，我们周五不发布。', '那我周一之前修好测试。'];
const imported = z.object({ meeting: z.object({ id: z.string() }) });

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
let server: ScriptedServer;
let folder: Awaited<ReturnType<typeof dataFolder>>;
let earshot: Earshot;
let id: string;
const closing = Promise.withResolvers<number>();
let closed: Promise<number>;

/** The command line in this process, on a database that stays open between commands. */
async function runHere(args: readonly string[], wired: Earshot = earshot): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const console: Console = {
    out: (text) => (stdout += text),
    err: (text) => (stderr += text),
    live: false,
    signal: new AbortController().signal,
  };
  const code = await runProgram(args, {
    console,
    withEarshot: (_, use) => use(wired),
    withThrowawayEarshot: (use) => use(earshot),
    templates: () => Promise.resolve(earshot.templates),
    models: () => Promise.reject(new Error('not for this test')),
    examine: () => Promise.reject(new Error('not for this test')),
    languages: new Set(['en', 'zh']),
  });
  return { code, stdout, stderr };
}

beforeAll(async () => {
  server = await startScriptedServer();
  server.reply(() => says('no minutes from here'));
  folder = await dataFolder();
  const config = readConfig({
    ...folder.env,
    EARSHOT_MODEL: 'gpt-4o-mini',
    OPENAI_BASE_URL: server.baseUrl,
    EARSHOT_PRICES: '{"gpt-4o-mini": {"input": 1, "output": 1}}',
  });
  const opened = Promise.withResolvers<Earshot>();
  closed = withEarshot(config, 'command', (wired) => {
    opened.resolve(wired);
    return closing.promise;
  });
  const failed = closed.then((): never => {
    throw new Error('closed before it was used');
  });
  earshot = await Promise.race([opened.promise, failed]);
  const file = join(folder.path, 'talk.txt');
  await writeFile(file, TRANSCRIPT);
  const { stdout } = await runHere(['import', file, '--language', 'en', '--json']);
  ({ id } = imported.parse(JSON.parse(stdout)).meeting);
});
afterAll(async () => {
  closing.resolve(0);
  await closed;
  await server.close();
  await folder.remove();
});

describe('a meeting in other words', () => {
  it('needs a language model, and says what to set', async () => {
    const { code, stdout, stderr } = await run(['translate', id, '--to', 'zh'], { env: folder.env });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('EARSHOT_MODEL');
    expect(stderr).toContain('OPENAI_API_KEY');
  });

  it('is translated once, and then printed in any format without asking again', async () => {
    server.reply((request) => {
      const rows = [...request.user.matchAll(/^\[(\d+)\] (?:\w+: )?(.*)$/gmu)];
      // Minutes have no names in front; of them, only what quotes the talk is translated here.
      const lines = rows.flatMap(([, n, text = '']) => {
        const at = text.includes('Friday') ? 0 : text.includes('Monday') ? 1 : -1;
        return at < 0 ? [] : [{ n: Number(n), text: CHINESE[at] }];
      });
      return says({ lines });
    });
    const srt = await runHere(['translate', id, '--to', 'zh', '--format', 'srt']);
    expect(srt.code, srt.stderr).toBe(0);
    expect(srt.stdout).toContain('周五不发布');
    // Subtitles have both languages, the one that was spoken first.
    expect(srt.stdout.indexOf('Friday')).toBeLessThan(srt.stdout.indexOf('周五不发布'));
    expect(srt.stdout).toMatch(/Friday because of 3 bugs\.\n我们/u);
    const asked = server.requests.length;
    expect(asked).toBeGreaterThan(0);

    const json = await runHere(['translate', id, '--to', 'zh', '--json']);
    expect(json.code, json.stderr).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      minutes: { language: 'zh' },
      rendition: { kind: 'translation', language: 'zh', lines: CHINESE.map((text) => ({ text })), missing: [] },
    });
    const markdown = await runHere(['translate', id, '--to', 'zh', '--format', 'md']);
    expect(markdown.stdout).toMatch(/纪要由 \S+ \S+ 生成，由 \S+ gpt-4o-mini 翻译/u);
    expect(server.requests).toHaveLength(asked);
  });

  it('is not translated into the language it is in: that is said, and it is printed once', async () => {
    const asked = server.requests.length;
    const { code, stdout, stderr } = await runHere(['translate', id, '--to', 'en']);
    expect(code, stderr).toBe(0);
    expect(stderr).toBe('It is in English already.\n');
    expect(stdout.match(/not ship on Friday/gu)).toHaveLength(1);
    expect(server.requests).toHaveLength(asked);
  });

  it('shows no share of lines that came to nothing', async () => {
    const file = join(folder.path, 'other.txt');
    await writeFile(file, 'Mia: The hall is taken on Sunday.\n');
    const { stdout } = await runHere(['import', file, '--language', 'en', '--json']);
    const other = imported.parse(JSON.parse(stdout)).meeting.id;
    server.reply(() => says({ lines: [] }));
    const shown: number[] = [];
    const failed = earshot.inbox.translate(
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand
      other as MeetingId,
      OPERATOR,
      'zh',
      (share) => void shown.push(share),
      new AbortController().signal,
    );
    await expect(failed).rejects.toMatchObject({ kind: 'bad-output' });
    expect(shown).toEqual([]);
  });

  it('is polished', async () => {
    server.reply(() =>
      says({
        lines: [
          { ns: [1], text: 'We will not ship on Friday because of 3 bugs.' },
          { ns: [2], text: 'Then I will fix the tests by Monday.' },
        ],
      }),
    );
    const { code, stdout, stderr } = await runHere(['polish', id]);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('Mia: We will not ship on Friday because of 3 bugs.');
    expect(stdout).toContain('Tom: Then I will fix the tests by Monday.');
  });

  it('is refused in a language nobody knows, and as a thread', async () => {
    await expect(runHere(['translate', id, '--to', 'klingon'])).rejects.toThrow('Unknown language');
    await expect(runHere(['polish', id, '--format', 'thread'])).rejects.toThrow('A thread stays');
  });
});

describe('a command line', () => {
  it('that asks for minutes in another language without a model hears that first, and is served', async () => {
    const file = join(folder.path, 'asked.txt');
    await writeFile(file, 'Mia: The hall is taken on Monday.\n');
    const args = ['import', file, '--language', 'en', '--summary-language', 'zh'];
    const without = { ...earshot, config: { ...earshot.config, languageModel: null } };
    const told = await runHere(args, without);
    expect(told.code, told.stderr).toBe(0);
    expect(told.stderr).toMatch(/^earshot: --summary-language needs a language model \(set EARSHOT_MODEL;/u);
    expect((await runHere(args)).stderr).not.toContain('--summary-language');
  });

  it('that names a track that is not there hears which', async () => {
    const { code, stderr } = await runHere(['transcribe', '--tracks', 'A=no-such.flac']);
    expect(code).toBe(1);
    expect(stderr).toContain('"no-such.flac"');
  });

  it('lists when meetings took place', async () => {
    const file = join(folder.path, 'held.txt');
    await writeFile(file, 'Mia: The hall is taken on Tuesday.\n');
    const when = ['--held-at', '2026-03-05T14:00', '--time-zone', 'Asia/Shanghai'];
    await runHere(['import', file, '--language', 'en', ...when]);
    expect((await runHere(['meetings'])).stdout).toContain('  2026-03-05 14:00  ');
    const listed = z
      .array(z.object({ heldAt: z.string() }))
      .parse(JSON.parse((await runHere(['meetings', '--json'])).stdout));
    expect(listed.map(({ heldAt }) => heldAt)).toContain('2026-03-05T06:00:00.000Z');
  });
});
