import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { serve } from './serve.ts';

/** The part of transformers.js that is used; its own types are only there when bench/ has been installed. */
interface Transformers {
  readonly env: { allowRemoteModels: boolean; localModelPath: string };
  pipeline(
    task: 'automatic-speech-recognition',
    model: string,
    options: { readonly dtype: string; readonly device: string; readonly session_options: object },
  ): Promise<
    (
      pcm: Float32Array,
      options: { readonly language: string; readonly task: string },
    ) => Promise<{ readonly text: string }>
  >;
}

await serve(async ({ model, threads, language }) => {
  const specifier = '@huggingface/transformers';
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a module without types here, see Transformers
  const transformers = (await import(specifier)) as Transformers;
  const weights = createRequire(import.meta.url).resolve(`sts-whisper-${model}/package.json`);
  transformers.env.allowRemoteModels = false;
  transformers.env.localModelPath = `${dirname(weights)}/models/`;
  const recognise = await transformers.pipeline('automatic-speech-recognition', `Xenova/whisper-${model}`, {
    dtype: 'q8',
    device: 'cpu',
    session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
  });
  return async (segments) => {
    const texts: string[] = [];
    for (const segment of segments) texts.push((await recognise(segment, { language, task: 'transcribe' })).text);
    return texts;
  };
});
