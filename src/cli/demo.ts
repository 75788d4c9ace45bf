import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { formatDuration } from '../core/time.ts';
import type { Earshot } from '../main.ts';
import { type Console, EXIT } from './console.ts';
import { namedSpeaker } from './operator.ts';
import { runInputs, tracksInput } from './transcribe.ts';

const scriptShape = z.object({ tracks: z.array(z.object({ speaker: z.string(), file: z.string() })).min(1) });

/** The bundled recording, one track per speaker. */
async function bundledTracks(): Promise<
  readonly { readonly path: string; readonly speaker: ReturnType<typeof namedSpeaker> }[]
> {
  const folder = new URL('../../demo/', import.meta.url);
  const script = scriptShape.parse(JSON.parse(await readFile(new URL('script.json', folder), 'utf8')));
  return script.tracks.map((track) => ({
    path: fileURLToPath(new URL(track.file, folder)),
    speaker: namedSpeaker(track.speaker),
  }));
}

/** The main job on the bundled recording, with the real models and a database of its own, which the caller throws away. */
export async function runDemo(earshot: Earshot, console: Console): Promise<number> {
  const startedAt = earshot.clock.now().getTime();
  const tracks = await bundledTracks();
  console.err(
    `A bundled meeting of ${tracks.length} people is transcribed and understood on this machine; nothing leaves it.\n`,
  );
  const options = {
    format: 'thread',
    extent: 'both',
    out: null,
    language: null,
    title: null,
    wishes: { template: null, language: null },
    heldAt: null,
    timeZone: 'UTC',
  } as const;
  const failed = await runInputs(earshot, [tracksInput('demo', tracks, options, console)], options, console);
  if (failed > 0) return EXIT.failure;
  const took = formatDuration(earshot.clock.now().getTime() - startedAt);
  console.err(`\nThat took ${took}. Now one of yours: npx earshot transcribe FILE\n`);
  return EXIT.success;
}
