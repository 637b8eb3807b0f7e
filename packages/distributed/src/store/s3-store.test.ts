import { S3_CREDENTIALS, S3Server } from '../testing/s3-server';
import { s3Store } from './s3-store';

let server: S3Server;

beforeEach(async () => {
  server = await S3Server.start();
});

afterEach(() => server.end());

const HASH = 'a'.repeat(64);
const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);

it('stores data by its hash, under the prefix of the address', async () => {
  const store = s3Store(server.address(), S3_CREDENTIALS);
  expect(await store.has(HASH)).toBe(false);
  expect(await store.get(HASH)).toBeUndefined();
  await store.put(HASH, bytes);
  expect([...server.objects.keys()]).toEqual([`/rows/of/searches/${HASH}.rows.gz`]);
  expect(await store.has(HASH)).toBe(true);
  expect(await store.get(HASH)).toEqual(bytes);
});

it('uses the endpoint and region of the environment, without a prefix', async () => {
  const environment = {
    ...S3_CREDENTIALS,
    AWS_ENDPOINT_URL_S3: `${server.endpoint}/`,
    AWS_REGION: 'eu-west-1',
  };
  await s3Store('s3://rows', environment).put(HASH, bytes);
  expect([...server.objects.keys()]).toEqual([`/rows/${HASH}.rows.gz`]);
});

it('retries if the store is busy', async () => {
  server.failures = 2;
  const store = s3Store(server.address(), S3_CREDENTIALS);
  await store.put(HASH, bytes);
  expect(server.requested).toEqual(['PUT', 'PUT', 'PUT']);
});

it('reports why the store rejects a request', async () => {
  const wrong = s3Store(server.address(), { ...S3_CREDENTIALS, AWS_SECRET_ACCESS_KEY: 'another' });
  const refused = {
    code: 'invalid-file',
    message:
      's3://rows/of/searches/: refused with 403 SignatureDoesNotMatch: The request signature we calculated does not match.',
  };
  await expect(wrong.put(HASH, bytes)).rejects.toMatchObject(refused);
  await expect(wrong.get(HASH)).rejects.toMatchObject(refused);
  const missing = s3Store(server.address('no-rows'), S3_CREDENTIALS);
  const { message } = await missing.put(HASH, bytes).catch((error) => error);
  expect(message).toBe(
    's3://no-rows/of/searches/: refused with 404 NoSuchBucket: The specified bucket does not exist',
  );
  await expect(missing.get(HASH)).rejects.toThrow(message);
});

it('reports that the store cannot be reached', async () => {
  const store = s3Store(server.address(), S3_CREDENTIALS);
  await server.end();
  await expect(store.has(HASH)).rejects.toMatchObject({
    code: 'invalid-file',
    message: expect.stringMatching(
      /^s3:\/\/rows\/of\/searches\/: no answer from 127\.0\.0\.1:\d+: .*ECONNREFUSED/,
    ),
  });
});

it.each([
  ['s3://', 'not an address of a bucket'],
  ['s3://Rows/a', 'not an address of a bucket'],
  ['s3://rows/a?endpiont=http://a', 'unknown option "endpiont"'],
  ['s3://rows/a?endpoint=minio:9000', 'invalid endpoint "minio:9000"'],
])('rejects %s', (address, why) => {
  expect(() => s3Store(address, S3_CREDENTIALS)).toThrow(
    `share: ${why}; expected an address such as s3://bucket/prefix or s3://bucket/prefix?endpoint=https://host:9000&region=eu-west-1, got "${address}"`,
  );
});

it('rejects an environment without credentials or with an invalid endpoint', () => {
  expect(() => s3Store('s3://rows', { AWS_ACCESS_KEY_ID: 'a' })).toThrow(
    /^share: no credentials for S3; expected .* AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY/,
  );
  expect(() => s3Store('s3://rows', { ...S3_CREDENTIALS, AWS_ENDPOINT_URL: 'minio' })).toThrow(
    'share: AWS_ENDPOINT_URL_S3: expected an address such as https://host:9000, got "minio"',
  );
});
