import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mediaStoreContract } from '../../test/contract/media-store.ts';
import { temporaryDir } from '../../test/contract/surroundings.ts';
import { createS3Media, parseMediaUrl } from './s3-media.ts';

let top = '';
let endpoint = '';
let count = 0;
let server: { close(): Promise<void> };
let admin: S3Client;
beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'S3RVER');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'S3RVER');
  top = await temporaryDir();
  const s3rver = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: join(top, 's3') });
  const address = await s3rver.run();
  server = s3rver;
  endpoint = `http://127.0.0.1:${address.port}`;
  admin = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true });
});
afterAll(async () => {
  admin.destroy();
  await server.close();
  vi.unstubAllEnvs();
  await rm(top, { recursive: true, force: true });
});
const freshBucket = async (): Promise<string> => {
  count += 1;
  await admin.send(new CreateBucketCommand({ Bucket: `bucket-${count}` }));
  return `bucket-${count}`;
};
const mediaIn = (bucket: string, prefix = 'some/prefix') =>
  createS3Media({ bucket, prefix, endpoint, region: 'us-east-1', tempDir: join(top, 'temp') });
const keysIn = async (bucket: string): Promise<readonly string[]> => {
  const { Contents } = await admin.send(new ListObjectsV2Command({ Bucket: bucket }));
  return (Contents ?? []).map(({ Key }) => Key ?? '');
};

async function* body(): AsyncIterable<Uint8Array> {
  yield Buffer.from('x');
}

describe('media in S3', () => {
  mediaStoreContract(async () => {
    const bucket = await freshBucket();
    return { media: mediaIn(bucket), contents: () => keysIn(bucket) };
  });

  it('keeps everything below its prefix, or in the whole bucket without one', async () => {
    const bucket = await freshBucket();
    await mediaIn(bucket).put('k', 'audio/ogg', body());
    await mediaIn(bucket, '').put('k', 'audio/ogg', body());
    expect((await keysIn(bucket)).toSorted()).toEqual(['k', 'some/prefix/k']);
  });

  it('removes its local copies', async () => {
    const media = createS3Media({
      bucket: await freshBucket(),
      prefix: '',
      endpoint,
      region: 'us-east-1',
      tempDir: join(top, 'own temp'),
    });
    const file = await media.localFile(await media.put('k', 'audio/ogg', body()), new AbortController().signal);
    expect(await readdir(join(top, 'own temp'))).toHaveLength(1);
    await file.release();
    expect(await readdir(join(top, 'own temp'))).toEqual([]);
  });

  it('says that the bucket is not there', async () => {
    const missing = mediaIn('no-such-bucket').open({ key: 'k', mediaType: '', bytes: 0, sha256: '' });
    await expect(missing).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('no-such-bucket'),
    });
  });

  it('says that the store cannot be reached', async () => {
    const nowhere = createS3Media({
      ...parseMediaUrl('s3://bucket'),
      endpoint: 'http://127.0.0.1:1',
      region: 'us-east-1',
      tempDir: top,
    });
    const failing = nowhere.open({ key: 'k', mediaType: '', bytes: 0, sha256: '' });
    await expect(failing).rejects.toMatchObject({ kind: 'unavailable', retryable: true });
  });
});

describe('the address of a media store', () => {
  it.for([
    ['s3://bucket', { bucket: 'bucket', prefix: '' }],
    ['s3://bucket/', { bucket: 'bucket', prefix: '' }],
    [' s3://my.bucket-1/a//b/ ', { bucket: 'my.bucket-1', prefix: 'a/b' }],
  ] as const)('reads %j', ([text, expected]) => {
    expect(parseMediaUrl(text)).toEqual(expected);
  });
  it.for([
    '',
    's3://',
    's3:bucket',
    'https://bucket/x',
    's3://Bucket',
    's3://b',
    's3://bucket/../x',
    './media',
    's3://bucket/?x',
  ])('refuses %j', (text) => {
    expect(() => parseMediaUrl(text)).toThrow('EARSHOT_MEDIA');
  });
});
