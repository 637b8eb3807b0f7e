import { ChurnError } from '@churn/core';
import type { Config } from '../config/config.js';
import { loadConfig } from '../config/load-config.js';
import { openRows, type RowReading } from '../input.js';
import { bestModelFile } from '../runs/output-files.js';
import { type AnyScoringModel, loadAnyModel } from '../scoring/scoring-model.js';
import type { Check } from './check.js';

/** The checks of a project, and its configuration if it can be read. */
interface ProjectChecks {
  readonly checks: readonly Check[];
  readonly config?: Config;
}

/** Checks whether the configuration, the data file and the latest model of a project can be read and are consistent. */
export async function projectChecks(file: string): Promise<ProjectChecks> {
  const config = await read(() => loadConfig(file));
  if ('fault' in config) {
    return { checks: [{ name: 'configuration', state: 'error', found: config.fault }] };
  }
  const { data, predicts } = config.value;
  const found = `${file} predicts ${predicts} from ${data.file ?? 'a query'}`;
  const checks: Check[] = [{ name: 'configuration', state: 'ok', found }];
  checks.push(await dataCheck(config.value, file));
  checks.push(...(await modelChecks(config.value)));
  return { checks, config: config.value };
}

async function dataCheck({ data }: Config, file: string): Promise<Check> {
  if (data.file === undefined) return { name: 'data', state: 'ok', found: 'a query, which training runs' };
  const { columns = [], target, delimiter, encoding } = data;
  const needed = columns.filter(({ required = true }) => required);
  const isDeclared = columns.some(({ name }) => name === target);
  const schema = isDeclared ? needed : [...needed, { name: target, kind: 'category' as const }];
  const rows = await read(() => firstRows(data.file as string, { schema, delimiter, encoding }));
  return 'fault' in rows
    ? {
        ...{ name: 'data', state: 'error', found: rows.fault },
        advice: `fix data in ${file}, or the file itself; churn validate lists all violations`,
      }
    : { name: 'data', state: 'ok', found: `${data.file} can be read and has the declared columns` };
}

async function modelChecks(config: Config): Promise<Check[]> {
  const file = await read(() => bestModelFile(config));
  if ('fault' in file) {
    const found = `none yet in ${config.output.folder}`;
    return [{ name: 'model', state: 'warning', found, advice: 'train one: churn train' }];
  }
  const model = await read(() => loadAnyModel(file.value));
  if ('fault' in model) {
    return [{ name: 'model', state: 'error', found: model.fault, advice: 'train again: churn train' }];
  }
  return [
    { name: 'model', state: 'ok', found: `${file.value} predicts ${model.value.predicts}` },
    await agreement(model.value, config),
  ];
}

/** Checks whether the model can score the rows of the configuration. */
async function agreement(scoring: AnyScoringModel, { data, predicts }: Config): Promise<Check> {
  const name = 'model and data';
  const advice = 'train again: churn train';
  if (scoring.predicts !== predicts) {
    const found = `the model predicts ${scoring.predicts}, the configuration ${predicts}`;
    return { name, state: 'error', found, advice };
  }
  if (data.file === undefined) return { name, state: 'ok', found: 'both predict the same' };
  const rows = await read(() => firstRows(data.file as string, scoring));
  return 'fault' in rows
    ? { name, state: 'error', found: rows.fault, advice }
    : { name, state: 'ok', found: `the model reads the columns of ${data.file}` };
}

/** Reads the first rows of a file, which must have the columns. */
async function firstRows(file: string, reading: RowReading): Promise<void> {
  const source = await openRows(file, reading);
  for await (const _ of source.batches()) break;
}

type Read<T> = { readonly value: T } | { readonly fault: string };

async function read<T>(work: () => Promise<T>): Promise<Read<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (ChurnError.is(error)) return { fault: error.message };
    throw error;
  }
}
