import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { dataFile } from './data.js';

/** The number of concurrent requests. */
export const CONNECTIONS = 16;

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Keeps all connections busy, or sends at a constant rate, and times each response from when its request was due. */
export async function load(
  port: number,
  bodies: readonly string[],
  { seconds, perSecond }: { seconds: number; perSecond?: number },
) {
  const times: number[] = [];
  const start = performance.now();
  let sent = 0;
  const client = async () => {
    const ask = connection(port);
    while (performance.now() - start < 1000 * seconds) {
      const index = sent++;
      const due = perSecond ? start + (1000 * index) / perSecond : performance.now();
      const wait = due - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const { status } = await ask(bodies[index % bodies.length]);
      if (status !== 200) throw new Error(`expected 200, got ${status}`);
      times.push(performance.now() - due);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  const elapsed = (performance.now() - start) / 1000;
  times.sort((a, b) => a - b);
  const quantile = (q: number) => times[Math.floor(q * (times.length - 1))];
  return {
    requests: times.length,
    perSecond: times.length / elapsed,
    p50: quantile(0.5),
    p99: quantile(0.99),
  };
}

/** A keep-alive connection for one request at a time, with little overhead, since it shares the cores with the server. */
export function connection(port: number): (body: string) => Promise<Answer> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay();
  let text = '';
  let settle: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;
  socket.setEncoding('utf8');
  socket.unref();
  socket.on('error', (error) => settle?.reject(error));
  socket.on('close', () => settle?.reject(new Error('the connection was closed')));
  socket.on('data', (chunk) => {
    text += chunk;
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
    if (Buffer.byteLength(text) < end + 4 + length) return;
    const answer = { status: Number(text.slice(9, 12)), body: text.slice(end + 4) };
    text = '';
    const { resolve } = settle ?? {};
    settle = undefined;
    resolve?.(answer);
  });
  return (body) =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject };
      const length = Buffer.byteLength(body);
      socket.write(
        `POST /v1/predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`,
      );
    });
}

/** Customers of the data file as JSON bodies. */
export function customers(): string[] {
  const [header, ...lines] = readFileSync(dataFile, 'utf8').trim().split('\n');
  const names = header.split(',');
  const left = new Set(['', 'CLIENTNUM', 'Attrition_Flag']);
  return lines.slice(0, 500).map((line) => {
    const pairs = line.split(',').map((text, j): [string, string | number] => {
      const value = Number(text);
      return [names[j], Number.isNaN(value) ? text : value];
    });
    return JSON.stringify(Object.fromEntries(pairs.filter(([name]) => !left.has(name))));
  });
}

export async function portOf(child: ChildProcess): Promise<number> {
  for await (const line of createInterface({ input: child.stderr as NodeJS.ReadableStream })) {
    const port = /:(\d+)$/.exec(line)?.[1];
    if (port) return Number(port);
  }
  throw new Error('the server did not start');
}

/** The processor time of a process in seconds, over all threads: on a busy machine it is more reliable than wall-clock time. */
export function processorSeconds({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const TICKS_A_SECOND = 100;
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** The memory of a process, if the system provides it. */
export function residentMegabytes({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}
