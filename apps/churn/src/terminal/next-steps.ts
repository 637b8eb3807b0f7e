import { commandLine } from './command-line.js';

/** The default configuration of commands. */
export const DEFAULT_CONFIG = 'config/churn.yaml';

/** The configuration and model options of a command, to repeat them. */
interface Named {
  readonly config?: string | undefined;
  readonly model?: string | undefined;
}

/** @param data the training file; `undefined` for a query. */
export function afterTrain(
  config: string,
  { data, out }: { readonly data?: string; readonly out?: string },
): string[] {
  // Results in another folder are not the latest of the configuration.
  if (out !== undefined) return [];
  const score =
    data === undefined ? [] : [churn('predict', ['--input', data, '--output', 'scored.csv'], { config })];
  return [...score, churn('promote', ['latest', '--as', 'champion'], { config })];
}

export function afterPredict(input: string, named: Named, isFile: boolean): string[] {
  if (!isFile) return [];
  return [churn('explain', ['--input', input], named), churn('monitor', ['--input', input], named)];
}

export function afterExplain(input: string, named: Named, hasCounterfactuals: boolean): string[] {
  return hasCounterfactuals ? [] : [churn('explain', ['--input', input, '--counterfactuals'], named)];
}

export function afterEda(config: string): string[] {
  return [churn('train', [], { config })];
}

export function afterShard(folder: string, config: string): string[] {
  return [churn('search', ['--join', '--folder', folder], { config })];
}

export function afterRuns(runs: readonly { readonly id: string }[], config: string): string[] {
  if (runs.length === 0) return [churn('train', [], { config })];
  const compare = runs.length > 1 ? [churn('runs', ['compare', runs[1].id, 'latest'], { config })] : [];
  return [churn('runs', ['show', 'latest'], { config }), ...compare];
}

export function afterRun(run: string, config: string): string[] {
  return [churn('promote', [run, '--as', 'champion'], { config })];
}

export function afterPromote(alias: string, config: string): string[] {
  return [churn('serve', [], { model: alias, config }), churn('registry', [], { config })];
}

export function afterImport(model: string, data: string | undefined): string[] {
  return data === undefined ? [] : [churn('predict', ['--input', data, '--output', 'scored.csv'], { model })];
}

function churn(
  command: string,
  options: readonly string[],
  { model, config = DEFAULT_CONFIG }: Named,
): string {
  const named = [
    ...(model === undefined ? [] : ['--model', model]),
    ...(config === DEFAULT_CONFIG ? [] : ['--config', config]),
  ];
  return commandLine('churn', command, ...options, ...named);
}
