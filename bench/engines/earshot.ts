import { createWhisper } from '../../src/providers/speech/whisper/whisper.ts';
import { serve } from './serve.ts';

await serve(async ({ model, threads, language }) => {
  const transcriber = await createWhisper({ model, threads });
  const { signal } = new AbortController();
  return async (segments) => {
    const texts: string[] = segments.map(() => '');
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let index = next++; index < segments.length; index = next++) {
        const segment = segments[index] ?? new Float32Array(0);
        texts[index] = (await transcriber.transcribe(segment, { language, glossary: [], signal })).text;
      }
    };
    await Promise.all(Array.from({ length: transcriber.concurrency }, worker));
    return texts;
  };
});
