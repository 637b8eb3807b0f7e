/// <reference lib="webworker" />
import { format } from 'node-inspect-extracted';
import { asChart } from './charts.js';
import type { RunMessage, RunRequest } from './messages.js';
import { load } from './packages.js';
import { BEGIN, InvalidBlock, LOAD, type Place, programOf, SHOW } from './program.js';

declare const self: DedicatedWorkerGlobalScope;

/** The block that is running, by its number. */
let block = 0;
/** What is shown in its turn: charts take a while to be drawn. */
let shown: Promise<void> = Promise.resolve();
const seen = new Set<string>();

function send(message: RunMessage): void {
  self.postMessage(message);
}

function print(isError: boolean, values: readonly unknown[]): void {
  const at = block;
  const [first, ...others] = values;
  const text = () => send({ kind: 'text', block: at, text: `${format(...values)}\n`, isError });
  if (others.length > 0 || !asChart.accepts(first)) text();
  else shown = shown.then(() => draw(first, at));
}

/** Draws what is a chart, once. */
async function draw(value: unknown, at: number): Promise<void> {
  const chart = await asChart(value);
  if (!chart || seen.has(chart.svg)) return;
  seen.add(chart.svg);
  send({ kind: 'chart', block: at, ...chart });
}

const toLog = (...values: unknown[]) => print(false, values);
const toWarn = (...values: unknown[]) => print(true, values);
Object.assign(console, { log: toLog, info: toLog, debug: toLog, warn: toWarn, error: toWarn });

Object.assign(self, {
  [LOAD]: load,
  [BEGIN]: (number: number) => {
    block = number;
  },
  [SHOW]: async (values: readonly unknown[]) => {
    const at = block;
    for (const value of values) if (asChart.accepts(value)) shown = shown.then(() => draw(value, at));
    await shown;
  },
});

async function run({ blocks }: RunRequest): Promise<void> {
  let url = '';
  let placeOf: ((line: number) => Place) | undefined;
  try {
    const program = programOf(blocks);
    placeOf = program.placeOf;
    url = URL.createObjectURL(new Blob([program.code], { type: 'text/javascript' }));
    await import(/* @vite-ignore */ url);
    await shown;
  } catch (error) {
    fail(error, url, placeOf);
  }
  send({ kind: 'end' });
}

function fail(error: unknown, url: string, placeOf?: (line: number) => Place): void {
  if (error instanceof InvalidBlock) {
    send({ kind: 'failure', message: `SyntaxError: ${error.message}`, place: error.place });
    return;
  }
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(format(error));
  const line = lineOf(stack, url);
  const text = `${name}: ${message}`;
  send({ kind: 'failure', message: text, ...(line && placeOf && { place: placeOf(line) }) });
}

/** The line of the program where an error was thrown, by the form that all engines give a stack. */
function lineOf(stack: string, url: string): number | undefined {
  const at = url === '' ? -1 : stack.indexOf(`${url}:`);
  return at < 0 ? undefined : Number.parseInt(stack.slice(at + url.length + 1), 10);
}

self.addEventListener('unhandledrejection', ({ reason }) => {
  send({ kind: 'failure', message: `${reason}` });
});
self.addEventListener('message', ({ data }: MessageEvent<RunRequest>) => void run(data), { once: true });
