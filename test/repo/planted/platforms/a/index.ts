import { other } from '../b/index.ts';

export const wrong = other;
