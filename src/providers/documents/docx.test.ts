import * as fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import mammoth from 'mammoth';
import { describe, expect, it } from 'vitest';
import { anyTranscript, talk } from '../../../test/contract/transcripts.ts';
import { minutesWith } from '../../../test/contract/minutes.ts';
import { toDocx } from './docx.ts';
import {
  claimOn,
  documentWith,
  longMeeting,
  MINUTES,
  SAID,
  TRANSLATION,
} from '../../../test/contract/exported-meeting.ts';

interface ReadBack {
  readonly html: string;
  /** What another reader of the format stumbled over. */
  readonly warnings: readonly string[];
  readonly parts: ReadonlyMap<string, string>;
}

async function readBack(file: Uint8Array): Promise<ReadBack> {
  const { value, messages } = await mammoth.convertToHtml(
    { buffer: Buffer.from(file) },
    {
      styleMap: [
        "p[style-name='Facts'] => p.facts",
        "p[style-name='Turn'] => p.turn:fresh",
        "p[style-name='Title'] => h1.title",
      ],
    },
  );
  const parts = Object.entries(unzipSync(file)).map(([name, bytes]) => [name, strFromU8(bytes)] as const);
  return { html: value, warnings: messages.map(({ message }) => message), parts: new Map(parts) };
}

/** What a reader sees, without tags and with references resolved. */
function plainOf(html: string): string {
  return html
    .replace(/<[^>]*>/gu, '')
    .replace(/&(lt|gt|quot|amp);/gu, (_, name: string) => ({ lt: '<', gt: '>', quot: '"' })[name] ?? '&');
}

describe('a Word file', () => {
  it('is read by another program without a complaint, with headings, lists and footnotes as such', async () => {
    const { html, warnings } = await readBack(await toDocx(documentWith(SAID, MINUTES, { rendition: TRANSLATION })));
    expect(warnings).toEqual([]);
    expect(html).toContain('<h1 class="title">Launch 上线</h1>');
    expect(html).toContain('<h1>Summary</h1>');
    expect(html).toMatch(/<h2>0:00–0:\d\d Date &amp; &lt;time&gt;<\/h2>/u);
    expect(html).toMatch(
      /<li><strong>Ana<\/strong>, by Friday \(2026-01-09\): Write to the hall\. <sup><a href="#footnote/u,
    );
    expect(html).toMatch(
      /<p class="turn">.*我们决定把上线推迟到三月十号.*<br \/>We move the launch to March 10\.<\/p>/u,
    );
  });

  it('quotes in footnotes what each claim rests on: when, who, the words, and a way to the transcript', async () => {
    const { html, parts } = await readBack(await toDocx(documentWith(SAID, MINUTES)));
    const note = /<li id="footnote-1">(.*?)<\/li>/u.exec(html)?.[1] ?? '';
    expect(plainOf(note)).toContain('0:01 王芳: “我们决定把上线推迟到三月十号，因为压力测试没有通过。”');
    expect(plainOf(note)).toContain('Сергей: “Тесты не прошли.”');
    const [, anchor = ''] = /<a href="#(turn-\d+)">/u.exec(note) ?? [];
    expect(parts.get('word/document.xml')).toContain(`w:name="${anchor}"`);
    expect(parts.get('word/footnotes.xml')?.match(/<w:footnote w:id="[1-9]\d*"/gu)).toHaveLength(4);
    const marked = parts.get('word/document.xml')?.match(/w:name="turn-\d+"/gu);
    expect(marked).toHaveLength(4);
    expect(new Set(marked).size).toBe(4);
  });

  it('leads nowhere from its footnotes when the transcript is left out, and quotes all the same', async () => {
    const { html, parts } = await readBack(await toDocx(documentWith(SAID, MINUTES, { extent: 'minutes' })));
    expect(parts.get('word/footnotes.xml')).not.toContain('w:hyperlink');
    expect(plainOf(html)).toContain('“Who writes to the hall?”');
  });

  it('names fonts and languages for every script, and turns lines that run from the right', async () => {
    const { parts } = await readBack(await toDocx(documentWith(SAID, { ...MINUTES, language: 'zh' })));
    const styles = parts.get('word/styles.xml') ?? '';
    expect(styles).toContain('w:eastAsia="Microsoft YaHei"');
    expect(styles).toMatch(/<w:lang [^>]*w:eastAsia="zh-CN"/u);
    const document = parts.get('word/document.xml') ?? '';
    expect(document).toMatch(/<w:bidi\/>(?:(?!<\/w:p>).)*<w:rtl\/>(?:(?!<\/w:p>).)*לא ביום שישי/u);
  });

  it('has title, author and subject as metadata', async () => {
    const { parts } = await readBack(await toDocx(documentWith(SAID, MINUTES)));
    const core = parts.get('docProps/core.xml') ?? '';
    expect(core).toContain('<dc:title>Launch 上线</dc:title>');
    expect(core).toContain('<dc:creator>Earshot</dc:creator>');
    expect(core).toContain('<cp:keywords>launch, 上线</cp:keywords>');
  });

  it('of a recording without words is short and says so', async () => {
    const empty = minutesWith({ meetingId: SAID.meetingId, language: 'und', title: 'Recording' });
    const { html, warnings } = await readBack(await toDocx(documentWith(talk([]), empty)));
    expect(warnings).toEqual([]);
    expect(html).toContain('Nobody said anything that could be made out.');
    expect(html).not.toContain('<h1>');
  });

  it('holds every word, whatever was said by whom', async () => {
    await fc.assert(
      fc.asyncProperty(anyTranscript(8), async (transcript) => {
        const document = documentWith(transcript, null);
        const { html, warnings } = await readBack(await toDocx(document));
        expect(warnings).toEqual([]);
        const shown = plainOf(html).replace(/\s+/gu, '');
        const said = document.blocks.flatMap((block) =>
          block.kind === 'turn' ? [`${block.speaker}${block.text}`.replace(/\s+/gu, '')] : [],
        );
        for (const turn of said) expect(shown).toContain(turn);
      }),
      { numRuns: 12 },
    );
  });

  it('holds every one of a thousand turns, and every note', async () => {
    const { parts } = await readBack(await toDocx(longMeeting(1000)));
    expect(parts.get('word/document.xml')?.match(/w:val="Turn"/gu)).toHaveLength(1000);
    expect(parts.get('word/footnotes.xml')?.match(/<w:footnote w:id="[1-9]\d*"/gu)).toHaveLength(4 + 10 * 3 + 2);
  });

  it('leaves out marks for evidence that nobody knows', async () => {
    const [citation] = claimOn('x', 0).citations;
    const unknown = { ...citation, utteranceIds: [talkId()] as const };
    const minutes = {
      ...MINUTES,
      actions: [],
      chapters: [],
      summary: [{ text: 'Odd.', citations: [unknown] as const }],
    };
    const { parts } = await readBack(await toDocx(documentWith(SAID, minutes)));
    expect(parts.get('word/document.xml')).not.toContain('w:footnoteReference');
  });
});

function talkId(): (typeof SAID.utterances)[number]['id'] {
  const [only] = talk(Array.from({ length: 10 }, () => ['Ana', 'x'] as const)).utterances.slice(-1);
  if (only === undefined) throw new Error('an utterance expected');
  return only.id;
}
