import { ChurnError, type JsonObject } from '@churn/core';
import { z } from 'zod';

/** A client of an MLflow server, by its REST API 2.0. */
export interface MlflowClient {
  readonly server: string;
  /** @returns `undefined` if it does not exist. @throws as `post` does. */
  get<T>(
    endpoint: string,
    query: Readonly<Record<string, string>>,
    answer: z.ZodType<T>,
  ): Promise<T | undefined>;
  /**
   * @param endpoint the endpoint, such as `runs/create`.
   * @param answer the schema of the response; by default it is ignored.
   * @throws `invalid-file` if the server cannot be reached, times out, refuses, with its reason, or has an unexpected response.
   */
  post<T = unknown>(endpoint: string, body: JsonObject, answer?: z.ZodType<T>): Promise<T>;
  /** Uploads a file of a run to the server's artifact store. */
  upload(path: string, content: Uint8Array): Promise<void>;
}

export interface MlflowOptions {
  /** The environment with the credentials, named as in MLflow. By default that of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The time limit of a response, in milliseconds. By default `MLFLOW_HTTP_REQUEST_TIMEOUT`, which is in seconds, or else 10 s. */
  readonly timeoutMs?: number;
}

/** An error of the server that callers can handle. */
class MlflowRefusal extends ChurnError {
  constructor(
    message: string,
    /** The error code, such as `RESOURCE_ALREADY_EXISTS`. */
    readonly reason: string,
  ) {
    super('invalid-file', message);
  }
}

/** Whether the error is that the name already exists. */
export function isTaken(error: unknown): boolean {
  return error instanceof MlflowRefusal && error.reason === 'RESOURCE_ALREADY_EXISTS';
}

const TIMEOUT_MS = 10_000;
/** The factor of the time limit for uploads, since models may be large. */
const UPLOAD_SHARE = 12;
const MAX_LETTERS = 300;
const MAX_SHOWN = 60;

export function mlflowClient(server: string, options: MlflowOptions = {}): MlflowClient {
  const { env = process.env, timeoutMs = givenTimeout(env) ?? TIMEOUT_MS } = options;
  const authorization = login(env);
  const call = async (path: string, request: RequestInit, ms = timeoutMs): Promise<string> => {
    const headers = {
      ...request.headers,
      // A server may close a kept connection just when it is reused.
      connection: 'close',
      ...(authorization !== undefined && { authorization }),
    };
    let answer: Response;
    let text: string;
    try {
      const signal = AbortSignal.timeout(ms);
      answer = await fetch(`${server}/api/2.0/${path}`, { ...request, headers, signal, redirect: 'manual' });
      text = await answer.text();
    } catch (error) {
      throw new ChurnError('invalid-file', `${server}: ${whyUnreachable(error, ms)}`, { cause: error });
    }
    if (!answer.ok) throw refusal(server, answer, text);
    return text;
  };
  const callJson = async <T>(endpoint: string, request: RequestInit, expected: z.ZodType<T>): Promise<T> => {
    const text = await call(`mlflow/${endpoint}`, request);
    const { data, success } = expected.safeParse(parsed(text));
    if (success) return data;
    const received = JSON.stringify(text.slice(0, MAX_SHOWN));
    throw new ChurnError(
      'invalid-file',
      `${server}: expected MLflow's response to ${endpoint.split('?')[0]}, got ${received}`,
    );
  };
  return {
    server,
    async get(endpoint, query, expected) {
      const ask = () => callJson(`${endpoint}?${new URLSearchParams(query)}`, {}, expected);
      try {
        // Repeating a read is safe, and a restarted server answers the second time.
        return await ask().catch((error) => (isBrokenOff(error) ? ask() : Promise.reject(error)));
      } catch (error) {
        if (error instanceof MlflowRefusal && error.reason === 'RESOURCE_DOES_NOT_EXIST') return undefined;
        throw error;
      }
    },
    post: <T>(endpoint: string, body: JsonObject, expected?: z.ZodType<T>) =>
      callJson(
        endpoint,
        { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
        expected ?? (z.looseObject({}) as unknown as z.ZodType<T>),
      ),
    async upload(path, content) {
      const escaped = path.split('/').map(encodeURIComponent).join('/');
      const request = { method: 'PUT', body: content as Uint8Array<ArrayBuffer> };
      await call(`mlflow-artifacts/artifacts/${escaped}`, request, UPLOAD_SHARE * timeoutMs);
    },
  };
}

/** Whether a connection ended before the response was complete. */
function isBrokenOff(error: unknown): boolean {
  const { cause } = error as Error;
  const code = ((cause as Error | undefined)?.cause as NodeJS.ErrnoException | undefined)?.code;
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET';
}

/** The credentials, as in MLflow's own clients. */
function login(env: NonNullable<MlflowOptions['env']>): string | undefined {
  const {
    MLFLOW_TRACKING_TOKEN: token,
    MLFLOW_TRACKING_USERNAME: user,
    MLFLOW_TRACKING_PASSWORD: password,
  } = env;
  if (user !== undefined && password !== undefined) {
    return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }
  return token === undefined ? undefined : `Bearer ${token}`;
}

/** @throws `invalid-parameter` if it is not a number of seconds. */
function givenTimeout({
  MLFLOW_HTTP_REQUEST_TIMEOUT: seconds,
}: NonNullable<MlflowOptions['env']>): number | undefined {
  if (seconds === undefined || seconds === '') return undefined;
  // Timers are limited to 24 days, also for uploads, which have twelve times the limit.
  if (/^\d+$/.test(seconds) && Number(seconds) > 0 && Number(seconds) < 100_000)
    return 1000 * Number(seconds);
  throw new ChurnError(
    'invalid-parameter',
    `MLFLOW_HTTP_REQUEST_TIMEOUT: expected an integer of seconds from 1 to 99999, got "${seconds}"`,
  );
}

function whyUnreachable(error: unknown, ms: number): string {
  const { name, cause, message } = error as Error & { readonly cause?: NodeJS.ErrnoException };
  if (name === 'TimeoutError') return `MLflow did not answer within ${ms / 1000} s`;
  return `MLflow cannot be reached (${cause?.code ?? cause?.message ?? message})`;
}

function refusal(server: string, { status, headers }: Response, text: string): ChurnError {
  if (status >= 300 && status < 400) {
    const to = headers.get('location') ?? 'elsewhere';
    return new ChurnError(
      'invalid-file',
      `${server}: redirects to ${to}; set tracking.mlflow to that address`,
    );
  }
  if (status === 401 || status === 403) {
    const how = 'MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD';
    return new ChurnError('invalid-file', `${server}: MLflow rejects the login (${status}); set ${how}`);
  }
  const { reason, message } = errorOf(text);
  return new MlflowRefusal(
    `${server}: MLflow rejects the request (${status}): ${message.slice(0, MAX_LETTERS)}`,
    reason,
  );
}

/** @returns `undefined` if the text is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The reason given by the server, if it is MLflow. */
function errorOf(text: string): { readonly reason: string; readonly message: string } {
  const { data } = refused.safeParse(parsed(text));
  if (data) return { reason: data.error_code, message: data.message };
  return { reason: '', message: text.replace(/\s+/g, ' ').trim() || 'without a reason' };
}

const refused = z.object({ error_code: z.string(), message: z.string() });
