import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DeleteObjectCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { Fault } from '../core/faults.ts';
import type { MediaRef } from '../core/model.ts';
import type { MediaStore } from '../core/ports.ts';
import { checkKey, missingMedia } from './media-keys.ts';

/** Where media is kept: in a bucket, every key below `prefix` (no slash at either end; empty for the whole bucket). */
interface MediaBucket {
  readonly bucket: string;
  readonly prefix: string;
}

/** Rules for bucket names: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** `s3://bucket/prefix`, the prefix optional. Throws Fault `bad-input` for anything else. */
export function parseMediaUrl(text: string): MediaBucket {
  const [, bucket, path] = /^s3:\/\/([^/]*)(\/.*)?$/.exec(text.trim()) ?? [];
  const prefix = (path ?? '').split('/').filter(Boolean).join('/');
  if (bucket !== undefined && BUCKET.test(bucket) && !/[\p{Cc}?#]|(^|\/)\.{1,2}(\/|$)/u.test(prefix)) {
    return { bucket, prefix };
  }
  throw new Fault(
    'media',
    'bad-input',
    'EARSHOT_MEDIA is not the address of a media store; it looks like s3://bucket/prefix.',
  );
}

/**
 * Media in an S3 bucket. Recordings of any length are uploaded in parts while they arrive, so memory stays flat.
 * Credentials come from where the AWS SDK looks for them. Throws Fault `media`: `unavailable`, `unauthorized`,
 * `forbidden`, `not-found` (also for a bucket that is not there), `bad-input` (unusable key); a failure of the stream
 * given to `put` is passed on as it is.
 */
export function createS3Media(
  options: MediaBucket & {
    /** Absent: Amazon. Given: a store that speaks S3, addressed as `endpoint/bucket/key`. */
    readonly endpoint?: string;
    /** Absent: from where the AWS SDK looks for it. */
    readonly region?: string;
    /** Where `localFile` puts its copies; made if need be. */
    readonly tempDir: string;
  },
): MediaStore & { close(): void } {
  const { bucket, prefix, endpoint, region, tempDir } = options;
  const client = new S3Client({
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  });
  const at = (key: string): { readonly Bucket: string; readonly Key: string } => {
    checkKey(key);
    return { Bucket: bucket, Key: prefix === '' ? key : `${prefix}/${key}` };
  };
  const onS3 = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw s3Fault(error, bucket);
    });

  const download = async (ref: MediaRef, signal?: AbortSignal): Promise<Readable> => {
    const abort = signal === undefined ? {} : { abortSignal: signal };
    const { Body } = await onS3(client.send(new GetObjectCommand(at(ref.key)), abort));
    if (!(Body instanceof Readable)) throw missingMedia();
    return Body;
  };

  return {
    async put(key, mediaType, body) {
      const hash = createHash('sha256');
      let bytes = 0;
      let broken: { readonly error: unknown } | undefined;
      const measured = async function* (): AsyncIterable<Uint8Array> {
        try {
          for await (const chunk of body) {
            hash.update(chunk);
            bytes += chunk.byteLength;
            yield chunk;
          }
        } catch (error) {
          broken = { error };
          throw error;
        }
      };
      const upload = new Upload({
        client,
        params: { ...at(key), ContentType: mediaType, Body: Readable.from(measured(), { objectMode: false }) },
        // A part that failed is not left lying in the bucket, where it would be paid for.
        leavePartsOnError: false,
      });
      try {
        await upload.done();
      } catch (error) {
        if (broken !== undefined) throw broken.error;
        throw s3Fault(error, bucket);
      }
      return { key, mediaType, bytes, sha256: hash.digest('hex') };
    },
    open: (ref) => download(ref),
    async localFile(ref, signal) {
      signal.throwIfAborted();
      const source = await download(ref, signal);
      await mkdir(tempDir, { recursive: true, mode: 0o700 });
      const folder = await mkdtemp(join(tempDir, 'media-'));
      const release = () => rm(folder, { recursive: true, force: true });
      const path = join(folder, 'recording');
      try {
        await pipeline(source, createWriteStream(path, { mode: 0o600 }), { signal });
      } catch (error) {
        await release();
        signal.throwIfAborted();
        throw s3Fault(error, bucket);
      }
      return { path, release };
    },
    async delete(ref) {
      await onS3(client.send(new DeleteObjectCommand(at(ref.key))));
    },
    close() {
      client.destroy();
    },
  };
}

function s3Fault(error: unknown, bucket: string): unknown {
  if (error instanceof Fault || !(error instanceof Error)) return error;
  if (error.name === 'AbortError') return error;
  const metadata: unknown = Reflect.get(error, '$metadata');
  const status: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : undefined;
  const fault = (kind: Fault['kind'], sentence: string): Fault =>
    new Fault('media', kind, sentence, {
      cause: new Error(`${error.name} ${typeof status === 'number' ? status : ''}`),
    });
  switch (error.name) {
    case 'NoSuchKey':
    case 'NotFound':
      return missingMedia();
    case 'NoSuchBucket':
      return fault('not-found', `The bucket ${bucket} named in EARSHOT_MEDIA does not exist; create it first.`);
    case 'CredentialsProviderError':
    case 'InvalidAccessKeyId':
    case 'SignatureDoesNotMatch':
    case 'ExpiredToken':
      return fault('unauthorized', 'The media store refused the credentials; check AWS_ACCESS_KEY_ID and its secret.');
    case 'AccessDenied':
      return fault(
        'forbidden',
        `The credentials may not read and write the bucket ${bucket}; grant them the right to.`,
      );
    case 'ENOSPC':
      return fault('unavailable', 'The disk for temporary files is full; free some space.');
    default:
      return status === 403
        ? fault('forbidden', `The credentials may not read and write the bucket ${bucket}; grant them the right to.`)
        : fault('unavailable', 'The media store cannot be reached or could not finish just now; try again.');
  }
}
