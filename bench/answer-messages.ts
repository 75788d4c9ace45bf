import { on } from 'node:events';

/** In a child process of `startChild`: says that it is ready, then answers every message with what `work` gives. */
export const answerMessages = async (work: () => Promise<object>): Promise<void> => {
  const messages = on(process, 'message');
  process.send?.('ready');
  while (!(await messages.next()).done) process.send?.(await work());
};
