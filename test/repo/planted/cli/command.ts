import { stored } from '../storage/stored.ts';

export const wrong = stored;
