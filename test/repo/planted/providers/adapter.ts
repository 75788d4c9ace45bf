import { stored } from '../storage/stored.ts';

export const adapter = stored;
