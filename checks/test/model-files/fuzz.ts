import { createHash } from 'node:crypto';
import {
  ChurnError,
  type Column,
  type FittedClassifier,
  type FittedPart,
  type FittedPipeline,
  type FittedRegressor,
  type FittedSurvivalModel,
  isPipeline,
  parseModel,
  Random,
  serializeModel,
  Table,
} from '@churn/core';
import { explain } from '@churn/explain';
import { SAMPLES, type Sample, x } from './model-samples';
import { mutate } from './mutation';

// Damages model files, loads them and scores with what loads: a file that anyone may have written is refused in one line, or is a
// model like any other. Run by src/model-files.slow.test.ts, with the number of files and the seed as arguments.

/** The outcome of the files of one class. */
export interface Outcome {
  readonly refused: number;
  readonly loaded: number;
  /** What should not have happened, and the file that it happened with. */
  readonly faults: readonly { readonly found: string; readonly text: string }[];
}

/** No small file may take the processor longer to load and to score some rows by. */
const MAX_MS = 2000;
const LONGEST_MESSAGE = 1000;
const MAX_FAULTS = 5;

/** Tries so many damaged files of the samples of a class. */
async function outcomeOf(samples: readonly Sample[], nFiles: number, random: Random): Promise<Outcome> {
  const count = { refused: 0, loaded: 0 };
  const faults: Outcome['faults'][number][] = [];
  const texts = await Promise.all(samples.map(({ model }) => serializeModel(model)));
  for (const [place, text] of texts.entries()) {
    const found = await verdict(text, samples[place]);
    if (found !== 'loaded') faults.push({ found: `undamaged: ${found}`, text });
  }
  for (let i = 0; i < nFiles && faults.length < MAX_FAULTS; i++) {
    const place = i % samples.length;
    const text = damaged(texts[place], random.stream(i));
    const found = await verdict(text, samples[place]);
    if (found === 'refused' || found === 'loaded') count[found]++;
    else faults.push({ found, text });
  }
  return { ...count, faults };
}

/** The file with one to three things in its model changed, and with a hash to match, as a forger would write it. */
function damaged(text: string, random: Random): string {
  const { hash, ...content } = JSON.parse(text);
  for (let times = 1 + random.int(3); times > 0; times--) mutate(content.model, random);
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return `${JSON.stringify({ ...content, hash: digest })}\n`;
}

/** `refused`, `loaded`, or what should not have happened. */
async function verdict(text: string, { model: { role }, classes }: Sample): Promise<string> {
  const start = process.cpuUsage();
  let found = 'loaded';
  try {
    const { model }: { model: FittedPart } = await parseModel(text, classes, role);
    found = isPipeline(model) ? scored(model as Scored) : 'loaded no pipeline';
  } catch (error) {
    found = isRefusal(error) ? 'refused' : `loading threw ${shown(error)}`;
  }
  const { user, system } = process.cpuUsage(start);
  const ms = (user + system) / 1000;
  return ms > MAX_MS ? `took ${ms} ms` : found;
}

function isRefusal(error: unknown): boolean {
  return (
    ChurnError.is(error) &&
    error.code === 'model-file' &&
    !error.message.includes('\n') &&
    error.message.length < LONGEST_MESSAGE
  );
}

type Scored = Sample['model'];

function scored(model: Scored): string {
  for (const [what, rows] of [
    ['ordinary rows', rowsOf(model, x.take([0, 1, 2, 3, 4]))],
    ['rows without values', rowsOf(model, x.take([0]), NaN)],
    ['huge values', rowsOf(model, x.take([0]), 1e300)],
    ['huge negative values', rowsOf(model, x.take([0]), -1e308)],
  ] as const) {
    try {
      if (model.role === 'classifier') {
        const columns = (model as FittedPipeline<FittedClassifier>).predictProba(rows);
        if (!areProbabilities(columns, rows.nRows)) {
          return `${what} have the probabilities ${columns.map((column) => column.join()).join(' | ')}`;
        }
      }
      const predicted: readonly unknown[] = Array.from(model.predict(rows));
      if (model.role !== 'classifier' && !predicted.every(Number.isFinite)) {
        return `${what} have the amounts or risks ${predicted.join()}`;
      }
      if (model.role === 'survival') {
        const curves = (model as FittedPipeline<FittedSurvivalModel>).predictSurvival(rows, [0, 1, 5, 100]);
        if (!areFalling(curves))
          return `${what} have the survival ${curves.map((curve) => curve.join()).join(' | ')}`;
        continue;
      }
      explain(model as FittedClassifier | FittedRegressor, rows);
    } catch (error) {
      if (!isOfRow(error)) return `${what} threw ${shown(error)}`;
    }
  }
  return 'loaded';
}

/** Rows such as the model says that it takes. */
function rowsOf({ schema }: Scored, ordinary: Table, number?: number): Table {
  return Table.fromColumns(
    schema.map(({ name, kind }): [string, Column] => {
      const column = ordinary.has(name) ? ordinary.column(name) : undefined;
      if (column?.kind === kind && (number === undefined || kind === 'category')) return [name, column];
      const { nRows } = ordinary;
      return kind === 'numeric'
        ? [name, { kind, values: new Float64Array(nRows).fill(number ?? 1) }]
        : [name, { kind, codes: new Int32Array(nRows), levels: ['u'] }];
    }),
    ordinary.nRows,
  );
}

/** What rows may be refused for: their values, or a model that cannot predict for unknown values, or learned no probabilities. */
function isOfRow(error: unknown): boolean {
  return (
    ChurnError.is(error) &&
    (error.code === 'invalid-data' ||
      (error.code === 'invalid-parameter' && /^(probability|explain): /.test(error.message)))
  );
}

function areProbabilities(columns: readonly Float64Array[], nRows: number): boolean {
  for (let row = 0; row < nRows; row++) {
    const sum = columns.reduce((total, column) => total + column[row], 0);
    if (!(Math.abs(sum - 1) < 1e-6)) return false;
    if (!columns.every((column) => column[row] >= 0 && column[row] <= 1)) return false;
  }
  return true;
}

function areFalling(curves: readonly Float64Array[]): boolean {
  return curves.every((curve, t) =>
    curve.every((share, row) => share >= 0 && share <= (t === 0 ? 1 : curves[t - 1][row])),
  );
}

function shown(error: unknown): string {
  return ChurnError.is(error) ? `${error.code}: ${error.message}` : String((error as Error)?.stack ?? error);
}

async function main(): Promise<void> {
  const [nFiles, seed] = process.argv.slice(-2);
  const types = Object.keys(SAMPLES);
  const outcomes: Record<string, Outcome> = {};
  for (const type of types) {
    const ofType = Math.ceil(Number(nFiles) / types.length);
    outcomes[type] = await outcomeOf(SAMPLES[type](), ofType, new Random(seed, type));
  }
  process.stdout.write(JSON.stringify(outcomes));
}

// One of the libraries would swallow the rejection.
main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
