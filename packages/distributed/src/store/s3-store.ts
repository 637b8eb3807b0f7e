import { setTimeout as sleep } from 'node:timers/promises';
import { ChurnError } from '@churn/core';
import { AwsClient } from 'aws4fetch';
import { sha256 } from '../packed-data.js';
import { reasonOf } from '../reason-of.js';
import type { DataStore } from './data-store.js';
import { isEndpoint, readS3Address } from './s3-address.js';

/** How often a request is retried that got no answer or a server error. */
const RETRIES = 3;
const FIRST_PAUSE_MS = 100;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Stores data as objects in a bucket of S3 or a compatible store. Credentials, and what the address omits, come from the environment
 * variables that AWS's own programs read: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_REGION` and
 * `AWS_ENDPOINT_URL_S3`. Methods throw `invalid-file` if the store refuses a request or does not answer.
 * @param address such as `s3://bucket/prefix?endpoint=https://host:9000`.
 * @throws `invalid-parameter` if it is not an address of a bucket, or there are no credentials.
 */
export function s3Store(address: string, environment: Environment = process.env): DataStore {
  const { bucket, prefix, endpoint, region } = readS3Address(address);
  const client = clientOf(environment, region);
  const server = endpoint ?? endpointOf(environment);
  // Unlike AWS, other stores seldom have a host for each bucket.
  const base = server
    ? `${server.replace(/\/+$/, '')}/${bucket}`
    : `https://${bucket}.s3.${client.region}.amazonaws.com`;
  const folder = prefix.split('/').map(encodeURIComponent).join('/');
  const name = `s3://${bucket}/${prefix}`;

  const send = async (method: 'HEAD' | 'GET' | 'PUT', hash: string, body?: Uint8Array<ArrayBuffer>) => {
    const url = `${base}/${folder}${hash}.rows.gz`;
    const headers = { 'x-amz-content-sha256': sha256(body ?? '') };
    for (let retry = 0; ; retry++) {
      try {
        return await client.fetch(url, { method, headers, ...(body && { body }) });
      } catch (error) {
        if (retry < RETRIES) {
          await sleep(FIRST_PAUSE_MS * (retry + 1));
          continue;
        }
        const reason = reasonOf((error as Error).cause ?? error);
        throw new ChurnError('invalid-file', `${name}: no answer from ${new URL(url).host}: ${reason}`, {
          cause: error,
        });
      }
    }
  };
  const refused = ({ status }: Response, { code, message }: Refusal) =>
    new ChurnError('invalid-file', `${name}: refused with ${status} ${code}: ${message}`);
  return {
    name,
    async has(hash) {
      // Any other problem shows in the next request, whose answer has a text.
      return (await send('HEAD', hash)).ok;
    },
    async put(hash, bytes) {
      const response = await send('PUT', hash, new Uint8Array(bytes));
      if (!response.ok) throw refused(response, await readRefusal(response));
    },
    async get(hash) {
      const response = await send('GET', hash);
      if (response.ok) return new Uint8Array(await response.arrayBuffer());
      const refusal = await readRefusal(response);
      if (refusal.code === 'NoSuchKey') return undefined;
      throw refused(response, refusal);
    },
  };
}

function clientOf(environment: Environment, region: string | undefined): AwsClient & { region: string } {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  if (!accessKeyId || !secretAccessKey) {
    throw new ChurnError(
      'invalid-parameter',
      'share: no credentials for S3; expected the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_SESSION_TOKEN if they are temporary',
    );
  }
  const sessionToken = environment.AWS_SESSION_TOKEN;
  const where = region ?? (environment.AWS_REGION || environment.AWS_DEFAULT_REGION || 'us-east-1');
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    service: 's3',
    region: where,
    retries: RETRIES,
    initRetryMs: FIRST_PAUSE_MS,
  });
  return Object.assign(client, { region: where });
}

function endpointOf(environment: Environment): string | undefined {
  const endpoint = environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL;
  if (endpoint && !isEndpoint(endpoint)) {
    throw new ChurnError(
      'invalid-parameter',
      `share: AWS_ENDPOINT_URL_S3: expected an address such as https://host:9000, got "${endpoint}"`,
    );
  }
  return endpoint;
}

/** Why the store refused a request. */
interface Refusal {
  readonly code: string;
  readonly message: string;
}

async function readRefusal(response: Response): Promise<Refusal> {
  const text = await response.text();
  const of = (tag: string) => new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(text)?.[1];
  return { code: of('Code') ?? response.statusText, message: of('Message') ?? 'no reason given' };
}
