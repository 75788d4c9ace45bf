import { adapter } from '../providers/adapter.ts';

export const wrong = adapter;
