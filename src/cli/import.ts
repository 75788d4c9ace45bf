import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { Fault } from '../core/faults.ts';
import { parseTranscript } from '../core/import-transcript/parse.ts';
import type { Speaker } from '../core/model.ts';
import type { Console } from './console.ts';
import { HERE, namedSpeaker, OPERATOR } from './operator.ts';
import { localFile } from './recordings.ts';
import { type Input, type ResultOptions, spokenFor } from './transcribe.ts';

/** A three-hour transcript is well under a megabyte; more than this is some other kind of file. */
const MOST_BYTES = 64 * 1024 * 1024;

/** A transcript made elsewhere. `speaker` names whoever the file leaves unnamed. */
export function transcriptInput(path: string, speaker: string | null, options: ResultOptions, console: Console): Input {
  return {
    name: path,
    async begin(earshot) {
      const file = await localFile(path, console.signal);
      const content = await readText(file.open());
      const parsed = parseTranscript(basename(path), content);
      if (parsed.kind === 'problem') throw new Fault('import', 'bad-input', parsed.message);
      const language = options.language ?? parsed.language;
      const unnamed: Speaker =
        speaker === null ? { kind: 'unnamed' } : { kind: 'person', person: namedSpeaker(speaker) };
      return earshot.inbox.importTranscript({
        key: JSON.stringify([
          'transcript',
          createHash('sha256').update(content).digest('hex'),
          basename(path),
          speaker,
          options.language,
          options.title,
          ...spokenFor(options),
        ]),
        origin: HERE,
        by: OPERATOR,
        title: options.title ?? parsed.title,
        language,
        wishes: options.wishes,
        heldAt: options.heldAt,
        timeZone: options.timeZone,
        utterances: parsed.utterances.map((utterance) => ({
          speaker: utterance.speaker === null ? unnamed : { kind: 'person', person: namedSpeaker(utterance.speaker) },
          startMs: utterance.startMs,
          endMs: utterance.endMs,
          text: utterance.text,
          language: options.language ?? utterance.language ?? parsed.language ?? 'und',
          ...(utterance.estimated ? { estimated: true } : {}),
        })),
      });
    },
  };
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) {
      throw new Fault(
        'import',
        'bad-input',
        'The file is over 64 MB, too large for a transcript. For a recording use "earshot transcribe".',
      );
    }
    chunks.push(chunk);
  }
  return decodeText(Buffer.concat(chunks));
}

/** UTF-8, or UTF-16 where a byte order mark says so; anything else is not a transcript. */
function decodeText(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Fault(
      'import',
      'bad-input',
      'The file is not text in UTF-8. Save it as UTF-8; for a recording use "earshot transcribe".',
      { cause: error },
    );
  }
}
