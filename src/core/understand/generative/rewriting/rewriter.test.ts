/** What holds of a rewriter whatever was said and whatever the model replies. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyTranscript, talk } from '../../../../../test/contract/transcripts.ts';
import { Fault } from '../../../faults.ts';
import type { Rendition, Transcript } from '../../../model.ts';
import type { Completion, LanguageModel } from '../../../ports.ts';
import { NO_USAGE } from '../../../usage.ts';
import { compact } from '../../facts.ts';
import { liveMarkup, unmasked } from '../../markup.ts';
import { createRewriter } from './rewriter.ts';

const clock = { now: () => new Date(0), sleep: () => Promise.resolve() };
const going = new AbortController().signal;
const quiet = (): void => {};

/** A model in this process: `reply` gives what it writes as JSON. */
function modelOf(reply: (request: Completion<unknown>) => unknown, contextTokens = 4096): LanguageModel {
  return {
    name: 'test/any',
    contextTokens,
    countTokens: (text) => Math.ceil(text.length / 2),
    complete(request) {
      const read = request.schema.safeParse(reply(request));
      return Promise.resolve(
        read.success ? { kind: 'complete', value: read.data, usage: NO_USAGE } : { kind: 'malformed', usage: NO_USAGE },
      );
    },
  };
}

/** Everything a reply can get wrong: numbers, doubles, words from elsewhere, markup, emptiness. */
const words = fc.oneof(
  fc.constantFrom(
    '',
    '@everyone',
    'https://evil.example',
    '<@U1>',
    '预算是 9 百万',
    'We agreed on 42.',
    'null',
    '好的。',
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const anyReply = fc.record({
  lines: fc.array(
    fc.record({
      n: fc.integer({ min: -2, max: 30 }),
      ns: fc.array(fc.integer({ min: -2, max: 30 }), { maxLength: 4 }),
      text: words,
    }),
    { maxLength: 20 },
  ),
});

/** What is wrong with a rendition of this transcript. */
function flawsOf(transcript: Transcript, { lines, missing }: Rendition): readonly string[] {
  const flaws: string[] = [];
  const named = [...lines.flatMap(({ utteranceIds }) => utteranceIds), ...missing].toSorted();
  if (
    named.join() !==
    transcript.utterances
      .map(({ id }) => id)
      .toSorted()
      .join()
  )
    flaws.push(`named: ${named.join()}`);
  const order = new Map(transcript.utterances.map(({ id }, at) => [id, at]));
  const firsts = lines.map(({ utteranceIds }) => order.get(utteranceIds[0]) ?? -1);
  if (firsts.some((first, at) => first <= (firsts[at - 1] ?? -1))) flaws.push(`order: ${firsts.join()}`);
  const texts = new Map(transcript.utterances.map(({ id, text }) => [id, text]));
  for (const { utteranceIds, text } of lines) {
    const said = utteranceIds.map((id) => texts.get(id) ?? '').join(' ');
    const added = liveMarkup(text).filter((markup) => !compact(unmasked(said)).includes(compact(markup)));
    flaws.push(...added.map((markup) => `markup: ${markup}`));
    if (text.length > said.length * 8 + 60) flaws.push(`length: ${text.length}`);
  }
  return flaws;
}

/** Null when the model gave nothing that could be used at all. */
async function unlessUseless(rendition: Promise<Rendition>): Promise<Rendition | null> {
  return rendition.catch((error: unknown) => {
    if (error instanceof Fault && error.kind === 'bad-output') return null;
    throw error;
  });
}

describe('whatever was said and whatever comes back', () => {
  it('a translation has every utterance once, or says that it is missing, and nothing that was not said', async () => {
    await fc.assert(
      fc.asyncProperty(anyTranscript(20), anyReply, fc.constantFrom('zh', 'de'), async (transcript, reply, to) => {
        const rewriter = createRewriter({ model: modelOf(() => reply), clock });
        const rendition = await unlessUseless(rewriter.translate(transcript, to, quiet, going));
        expect(rendition === null ? [] : flawsOf(transcript, rendition)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('a polished transcript does too', async () => {
    await fc.assert(
      fc.asyncProperty(anyTranscript(20), anyReply, async (transcript, reply) => {
        const rewriter = createRewriter({ model: modelOf(() => reply), clock });
        const rendition = await unlessUseless(rewriter.polish(transcript, quiet, going));
        expect(rendition === null ? [] : flawsOf(transcript, rendition)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('a model that gives every line back as it is leaves what was said as it is', async () => {
    await fc.assert(
      fc.asyncProperty(anyTranscript(20), async (transcript) => {
        const echo = modelOf(({ material }) => ({
          lines: [...material.matchAll(/^\[(\d+)\] [^:]*: (.*)$/gmu)].map(([, n, text]) => ({ ns: [Number(n)], text })),
        }));
        const rendition = await unlessUseless(createRewriter({ model: echo, clock }).polish(transcript, quiet, going));
        expect(rendition === null ? [] : flawsOf(transcript, rendition)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('what the model is shown', () => {
  it('fits its window, however small that is and however long somebody talks', async () => {
    const endless = talk([
      ['Mia', 'x'.repeat(30_000)],
      ['Tom', '好'.repeat(9000)],
      ...Array.from({ length: 120 }, (_, i): [string, string] => [
        'Mia',
        `This is sentence ${i} of a very long meeting.`,
      ]),
    ]);
    const sizes: number[] = [];
    const model = modelOf((request) => {
      const asked = [request.instructions, request.material, request.task].map((text) => model.countTokens(text));
      sizes.push(asked.reduce((sum, tokens) => sum + tokens, 0) + request.maxOutputTokens);
      return { lines: [] };
    });
    await unlessUseless(createRewriter({ model, clock }).translate(endless, 'de', quiet, going));
    expect(sizes.length).toBeGreaterThan(10);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(model.contextTokens);
  });
});
