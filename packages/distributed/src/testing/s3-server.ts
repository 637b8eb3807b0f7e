import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';

export const S3_CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI' };
const REGION = 'eu-west-1';

/**
 * A store with one bucket, `rows`, that answers as S3 does and checks signatures as its reference prescribes (Signature Version 4,
 * "Authenticating requests: using the Authorization header").
 */
export class S3Server {
  readonly objects = new Map<string, Buffer>();
  /** The methods of the requests received, in order. */
  readonly requested: string[] = [];
  /** How many of the next requests get a server error. */
  failures = 0;

  private constructor(
    readonly server: Server,
    readonly endpoint: string,
  ) {}

  static async start(): Promise<S3Server> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as { port: number };
    const store = new S3Server(server, `http://127.0.0.1:${port}`);
    server.on('request', async (request, response) => {
      const [status, body] = store.#answer(request, await buffer(request));
      response.writeHead(status).end(body);
    });
    return store;
  }

  address(bucket = 'rows'): string {
    return `s3://${bucket}/of/searches?endpoint=${this.endpoint}&region=${REGION}`;
  }

  async end(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  #answer(request: IncomingMessage, body: Buffer): [number, (Buffer | string)?] {
    const { method = '', url = '', headers } = request;
    this.requested.push(method);
    if (this.failures-- > 0) return [503, xml('SlowDown', 'Please reduce your request rate.')];
    const { 'x-amz-content-sha256': hash, authorization = '' } = headers;
    if (hash !== createHash('sha256').update(body).digest('hex')) {
      return [400, xml('XAmzContentSHA256Mismatch', 'The provided header does not match what was computed.')];
    }
    if (authorization !== authorizationOf(request)) {
      return [403, xml('SignatureDoesNotMatch', 'The request signature we calculated does not match.')];
    }
    if (!url.startsWith('/rows/')) return [404, xml('NoSuchBucket', 'The specified bucket does not exist')];
    if (method === 'PUT') this.objects.set(url, body);
    const found = this.objects.get(url);
    return found ? [200, method === 'GET' ? found : ''] : [404, xml('NoSuchKey', 'The key does not exist.')];
  }
}

function authorizationOf({ method, url, headers }: IncomingMessage): string {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = S3_CREDENTIALS;
  const time = String(headers['x-amz-date']);
  const scope = [time.slice(0, 8), REGION, 's3', 'aws4_request'];
  const signed = ['host', 'x-amz-content-sha256', 'x-amz-date'];
  const canonical = [
    method,
    url,
    '',
    ...signed.map((name) => `${name}:${headers[name]}`),
    '',
    signed.join(';'),
    headers['x-amz-content-sha256'],
  ].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const toSign = ['AWS4-HMAC-SHA256', time, scope.join('/'), hash].join('\n');
  const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();
  const signature = hmac(scope.reduce(hmac, Buffer.from(`AWS4${secret}`)), toSign).toString('hex');
  return `AWS4-HMAC-SHA256 Credential=${id}/${scope.join('/')}, SignedHeaders=${signed.join(';')}, Signature=${signature}`;
}

function xml(code: string, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
}
