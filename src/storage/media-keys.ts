import { Fault } from '../core/faults.ts';

/** Keys are made by the program: names separated by single slashes, none of which can lead out of the store. */
const KEY = /^[\p{L}\p{N}_-][\p{L}\p{N}._ -]*(\/[\p{L}\p{N}_-][\p{L}\p{N}._ -]*)*$/u;
/** S3 takes 1024 bytes; file systems 255 per name. */
const MAX_KEY_BYTES = 1024;
const MAX_NAME_BYTES = 255;

/** Throws Fault `bad-input` for a key that could name something outside the store. */
export function checkKey(key: string): void {
  const fits =
    Buffer.byteLength(key) <= MAX_KEY_BYTES &&
    key.split('/').every((name) => Buffer.byteLength(name) <= MAX_NAME_BYTES);
  if (KEY.test(key) && fits) return;
  throw new Fault('media', 'bad-input', 'The name under which the recording was to be kept is not usable.');
}

export function missingMedia(): Fault {
  return new Fault('media', 'not-found', 'The recording is no longer in the media store.');
}
