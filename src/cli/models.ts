import type { ModelShelf } from '../main.ts';
import { type Console, quoted } from './console.ts';
import { createProgressBar } from './progress-bar.ts';

export async function listShelf(
  shelf: ModelShelf,
  options: { readonly json: boolean },
  console: Pick<Console, 'out'>,
): Promise<void> {
  const models = await shelf.list();
  if (options.json) {
    console.out(`${JSON.stringify(models, null, 2)}\n`);
    return;
  }
  console.out('base and small come with Earshot. To use one of these, set EARSHOT_WHISPER to its name:\n');
  for (const { name, source, approximateBytes, installed, path } of models) {
    const where = installed
      ? `downloaded, ${path}`
      : `about ${Math.round(approximateBytes / 1e6)} MB, earshot models download ${name}`;
    console.out(`  ${name.padEnd(16)} ${source} (${where})\n`);
  }
}

export async function downloadFromShelf(shelf: ModelShelf, name: string, console: Console): Promise<void> {
  const known = (await shelf.list()).find((model) => model.name === name);
  if (known !== undefined) console.err(`From ${known.source}\n`);
  const bar = createProgressBar(console, name, () => performance.now());
  try {
    const { path } = await shelf.download(
      name,
      ({ doneBytes, totalBytes }) => bar.show('downloading', totalBytes === 0 ? null : doneBytes / totalBytes),
      console.signal,
    );
    bar.clear();
    console.out(`${quoted(path)} is complete and checked. Use it with EARSHOT_WHISPER=${name}\n`);
  } finally {
    bar.clear();
  }
}
