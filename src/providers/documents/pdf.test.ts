import * as fc from 'fast-check';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { minutesWith } from '../../../test/contract/minutes.ts';
import { anyTranscript, talk } from '../../../test/contract/transcripts.ts';
import { documentWith, longMeeting, MINUTES, SAID, TRANSLATION } from '../../../test/contract/exported-meeting.ts';
import { toPdf } from './pdf.ts';

interface ReadBack {
  readonly pages: readonly string[];
  readonly info: Readonly<Record<string, unknown>>;
  readonly bookmarks: readonly string[];
  /** Names that links lead to, and those of them that lead nowhere. */
  readonly links: readonly string[];
  readonly dangling: readonly string[];
  readonly tags: ReadonlySet<string>;
}

/** The file as another program reads it. */
async function readBack(file: Uint8Array): Promise<ReadBack> {
  const task = getDocument({ data: file.slice(), verbosity: VerbosityLevel.ERRORS, useSystemFonts: false });
  const read = await task.promise;
  const places = await read.getDestinations();
  const pages: string[] = [];
  const links: string[] = [];
  const tags = new Set<string>();
  for (let number = 1; number <= read.numPages; number++) {
    const page = await read.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join(''));
    const annotations: readonly { readonly dest?: unknown }[] = await page.getAnnotations();
    for (const { dest } of annotations) if (typeof dest === 'string') links.push(dest);
    const walk = (node: { readonly role?: string; readonly children?: readonly object[] }): void => {
      if (node.role !== undefined) tags.add(node.role);
      node.children?.forEach(walk);
    };
    walk((await page.getStructTree()) ?? {});
  }
  const { info } = await read.getMetadata();
  const bookmarks = ((await read.getOutline()) ?? []).flatMap(({ title, items }) => [
    title,
    ...items.map((item) => `  ${item.title}`),
  ]);
  await task.destroy();
  return {
    pages,
    info: { ...info },
    bookmarks,
    links,
    dangling: links.filter((name) => !places.has(name)),
    tags,
  };
}

function letters(text: string): string {
  return text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
}

function fontsOf(file: Uint8Array): readonly string[] {
  return (
    Buffer.from(file)
      .toString('latin1')
      .match(/\/BaseFont \/[A-Z]{6}\+[\w-]+/gu) ?? []
  );
}

describe('a PDF file', () => {
  it('shows every part, in scripts of four alphabets and Chinese', async () => {
    const { pages } = await readBack(await toPdf(documentWith(SAID, MINUTES, { rendition: TRANSLATION })));
    const text = pages.join('\n');
    for (const shown of [
      'Launch 上线',
      'Ana, by Friday (2026-01-09): Write to the hall.',
      'Date & <time>',
      '我们决定把上线推迟到三月十号，因为压力测试没有通过。',
      'We move the launch to March 10.',
      'Тесты не прошли.',
      'Συμφωνώ.',
      'Tôi sẽ gửi báo cáo.',
    ])
      expect(text).toContain(shown);
    expect(letters(text)).toContain(letters('לא נשיק את המוצר ביום שישי'));
  });

  it('leads from claims to notes, from notes to the transcript and back, and nowhere into the void', async () => {
    const { links, dangling, pages } = await readBack(await toPdf(documentWith(SAID, MINUTES)));
    expect(dangling).toEqual([]);
    for (const name of ['note-1', 'claim-1', 'turn-u1', 'turn-u3']) expect(links).toContain(name);
    expect(pages.join('\n')).toMatch(/Sources[^]*1[^]*0:01[^]*王芳[^]*“我们决定把上线推迟/u);
    const alone = await readBack(await toPdf(documentWith(SAID, MINUTES, { extent: 'minutes' })));
    expect(alone.dangling).toEqual([]);
    expect(alone.links.filter((name) => name.startsWith('turn-'))).toEqual([]);
    expect(alone.pages.join('\n')).toContain('“Тесты не прошли.”');
  });

  it('has title, author and language, bookmarks, tags and page numbers', async () => {
    const { info, bookmarks, tags, pages } = await readBack(
      await toPdf(documentWith(SAID, { ...MINUTES, language: 'zh' })),
    );
    expect(info).toMatchObject({ Title: 'Launch 上线', Author: 'Earshot', Keywords: 'launch, 上线', Language: 'zh' });
    expect(bookmarks).toEqual([
      '全文摘要',
      '待办事项',
      '章节速览',
      '  0:00–0:09 Date & <time>',
      '思维导图',
      '出处',
      '逐字稿',
    ]);
    for (const tag of ['H1', 'H2', 'H3', 'P', 'L', 'LI', 'LBody', 'Note']) expect(tags).toContain(tag);
    expect(pages[0]).toContain(`1 / ${pages.length}`);
  });

  it('embeds its fonts, and the Chinese one only where it is needed', async () => {
    expect(fontsOf(await toPdf(documentWith(talk([['Ana', 'Hello — “again”.']]), null))).join()).not.toContain('Hans');
    const chinese = await toPdf(documentWith(talk([['王芳', '好。']], 'zh'), null));
    expect(fontsOf(chinese).join()).toContain('NotoSansHans');
    // Of 17 MB of fonts, what is shown.
    expect(chinese.length).toBeLessThan(100_000);
    expect(Buffer.from(chinese).toString('latin1')).not.toMatch(/\/BaseFont \/(?:Helvetica|Times|Courier)/u);
  });

  it('shows a box and its code for what no font has, once said so, and drops nothing', async () => {
    const { pages } = await readBack(await toPdf(documentWith(talk([['Ana', 'Fine 🎉 👩‍👩‍👧 한.']]), null)));
    const text = pages.join('\n');
    expect(text).toMatch(/Fine □1F389 □1F469 ?□1F469 ?□1F467 □D55C\./u);
    expect(text).toContain('The fonts of this file lack 4 of the characters used');
    const plain = await readBack(await toPdf(documentWith(talk([['Ana', 'Fine.']]), null)));
    expect(plain.pages.join()).not.toContain('lack');
  });

  it('cuts a word that is wider than the page, and loses none of it', async () => {
    const address = `https://example.org/${'abcdefghij'.repeat(30)}`;
    const { pages } = await readBack(await toPdf(documentWith(talk([['Ana', `See ${address} now`]]), null)));
    expect(pages.join('').replace(/\s+/gu, '')).toContain(`See${address}now`);
  });

  it('of a recording without words is one page that says so', async () => {
    const empty = minutesWith({ meetingId: SAID.meetingId, language: 'und', title: 'Recording' });
    const { pages, bookmarks } = await readBack(await toPdf(documentWith(talk([]), empty)));
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('Nobody said anything that could be made out.');
    expect(bookmarks).toEqual([]);
  });

  it('is written whatever was said by whom', async () => {
    await fc.assert(
      fc.asyncProperty(anyTranscript(6), async (transcript) => {
        const { pages, dangling } = await readBack(await toPdf(documentWith(transcript, null)));
        expect(pages.length).toBeGreaterThan(0);
        expect(dangling).toEqual([]);
        const latin = transcript.utterances.flatMap(({ text }) => text.match(/\b[A-Za-z]{2,12}\b/gu) ?? []);
        const shown = pages.join('').replace(/\s+/gu, '');
        for (const word of latin) expect(shown).toContain(word);
      }),
      { numRuns: 6 },
    );
  });

  it('holds every one of hundreds of turns over many pages', async () => {
    const { pages, dangling } = await readBack(await toPdf(longMeeting(500)));
    const text = pages.join('\n');
    const found = new Set(Array.from(text.matchAll(/Speaker \d\s+(\d+):/gu), ([, number]) => Number(number)));
    expect(found.size).toBe(500);
    expect(dangling).toEqual([]);
    expect(text).toContain(`${pages.length} / ${pages.length}`);
  });
});
