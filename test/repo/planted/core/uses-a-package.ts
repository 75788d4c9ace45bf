import pino from 'pino';

export const wrong = pino;
