import { ChurnError } from '@churn/core';

/** The location of objects in an S3-compatible store. */
export interface S3Address {
  readonly bucket: string;
  /** The prefix of object names: empty, or ending with a slash. */
  readonly prefix: string;
  /** The address of a store other than AWS. */
  readonly endpoint: string | undefined;
  readonly region: string | undefined;
}

const EXPECTED =
  'an address such as s3://bucket/prefix or s3://bucket/prefix?endpoint=https://host:9000&region=eu-west-1';

export function isS3Address(text: string): boolean {
  return text.startsWith('s3:');
}

/** @throws `invalid-parameter` if the text is not an address of a bucket. */
export function readS3Address(text: string): S3Address {
  const wrong = (why: string) =>
    new ChurnError('invalid-parameter', `share: ${why}; expected ${EXPECTED}, got ${JSON.stringify(text)}`);
  const found = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([^?#]*))?(?:\?([^#]*))?$/.exec(text);
  if (!found) throw wrong('not an address of a bucket');
  const [, bucket, path = '', query] = found;
  const options = new URLSearchParams(query);
  for (const name of options.keys()) {
    if (name !== 'endpoint' && name !== 'region') throw wrong(`unknown option "${name}"`);
  }
  const endpoint = options.get('endpoint') ?? undefined;
  if (endpoint !== undefined && !isEndpoint(endpoint)) throw wrong(`invalid endpoint "${endpoint}"`);
  const names = path.split('/').filter((name) => name !== '');
  return {
    bucket,
    prefix: names.map((name) => `${name}/`).join(''),
    endpoint,
    region: options.get('region') ?? undefined,
  };
}

export function isEndpoint(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
