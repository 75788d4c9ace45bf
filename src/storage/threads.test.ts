import { describe } from 'vitest';
import { temporaryServer } from '../../test/contract/temporary-database.ts';
import { threadStoreContract } from '../../test/contract/thread-store.ts';
import { createThreads } from './threads.ts';

const server = temporaryServer();

describe('threads in PostgreSQL', () => {
  threadStoreContract(async () => createThreads(await server.emptied()));
});
