import { describe } from 'vitest';
import { chatPlatformContract } from '../../../test/contract/chat-platform.ts';
import { temporaryServer } from '../../../test/contract/temporary-database.ts';
import { createThreads } from '../../storage/threads.ts';
import { createTerminal, TERMINAL } from './index.ts';

const server = temporaryServer();

describe('the terminal', () => {
  chatPlatformContract(async () => {
    const threads = createThreads(await server.fresh());
    return {
      platform: createTerminal({ threads }),
      place: { platform: TERMINAL, workspaceId: 'local', channelId: 'local' },
      reader: { platform: TERMINAL, id: 'operator', displayName: 'Operator' },
      messagesAt: async (ref) => (await threads.read(ref.threadId ?? '')).length,
    };
  });
});
