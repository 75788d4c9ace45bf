import { beforeEach, expect, it } from 'vitest';
import type { ThreadMessage, ThreadStore } from '../../src/core/ports.ts';

const message = (text: string): ThreadMessage => ({ text, files: [] });

const batch = (key: string): readonly [ThreadMessage, ...ThreadMessage[]] => [message(`${key} 1`), message(`${key} 2`)];

/** What every keeper of threads promises. `open` gives an empty one. */
export function threadStoreContract(open: () => Promise<ThreadStore>): void {
  let threads: ThreadStore;
  beforeEach(async () => {
    threads = await open();
  });

  it('reads back what was appended, in order, files and all', async () => {
    const file = { name: 'a.srt', mediaType: 'application/x-subrip', content: '1\n' };
    const first: ThreadMessage = { text: 'one', files: [file] };
    await threads.append('t', 'k1', [first, message('two')]);
    await threads.append('t', 'k2', [message('three')]);
    await threads.append('other', 'k1', [message('elsewhere')]);
    expect(await threads.read('t')).toEqual([first, message('two'), message('three')]);
    expect(await threads.read('unknown')).toEqual([]);
  });

  it('changes nothing for a key that is known, whatever comes with it', async () => {
    await threads.append('t', 'k1', [message('one')]);
    await threads.append('t', 'k1', [message('changed'), message('and more')]);
    expect(await threads.read('t')).toEqual([message('one')]);
  });

  it('appends once when many append the same at once, and keeps appends apart', async () => {
    await Promise.all(['a', 'b', 'a', 'c', 'b', 'a'].map((key) => threads.append('t', key, batch(key))));
    const texts = (await threads.read('t')).map(({ text }) => text);
    expect(texts).toHaveLength(6);
    for (const key of ['a', 'b', 'c']) {
      const at = texts.indexOf(`${key} 1`);
      expect(texts[at + 1]).toBe(`${key} 2`);
    }
  });

  it('forgets a deleted thread, and takes its keys anew', async () => {
    await threads.append('t', 'k1', [message('one')]);
    await threads.delete('t');
    await threads.delete('t');
    expect(await threads.read('t')).toEqual([]);
    await threads.append('t', 'k1', [message('again')]);
    expect(await threads.read('t')).toEqual([message('again')]);
  });

  it('stores text with zero characters and broken surrogates without them', async () => {
    await threads.append('t', 'k', [message('a\u0000b\ud800')]);
    expect(await threads.read('t')).toEqual([message('ab\ufffd')]);
  });
}
