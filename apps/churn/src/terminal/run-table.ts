import { figureText } from '../reporting/figure-text.js';
import { metricTitle } from '../reporting/metric-title.js';
import type { RunModel, RunRecord } from '../runs/run-record.js';
import { tableOf } from './text-table.js';

/** The metrics of the best models, by task. */
const METRICS = ['rocAuc', 'logLoss', 'r2', 'rootMeanSquaredError', 'concordance', 'integratedBrierScore'];

/** Runs as a text table, with the aliases that point to their models. */
export function runTable(
  runs: readonly RunRecord[],
  aliases: ReadonlyMap<string, readonly string[]>,
): string {
  const now = Date.now();
  const metrics = METRICS.filter((metric) =>
    runs.some(({ best, models }) => models[best]?.metrics[metric] !== undefined),
  );
  return tableOf(
    [
      'run',
      'when',
      'data',
      'rows',
      'best model',
      ...metrics.map((metric, i) => (i === 0 ? 'test ' : '') + metricTitle(metric)),
      'seconds',
      'aliases',
    ],
    runs.map(({ id, started, data, best, models, seconds }) => {
      return [
        id,
        ageText((now - Date.parse(started)) / 1000),
        data.file,
        data.rows.toLocaleString('en'),
        best,
        ...metrics.map((metric) => metricText(models[best]?.metrics[metric])),
        seconds.toFixed(1),
        aliases.get(id)?.join(', ') ?? '',
      ];
    }),
    ['left', 'left', 'left', 'right', 'left', ...metrics.map(() => 'right' as const), 'right', 'left'],
    ['seconds', 'data'],
  );
}

/** A metric, which for regression may be in the unit of the target. */
function metricText(value: number | undefined): string {
  return value === undefined ? '' : figureText(value, 4);
}

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
] as const;

/** An age in its largest unit. */
function ageText(seconds: number): string {
  if (Number.isNaN(seconds)) return '';
  const unit = UNITS.find(([, size]) => seconds >= size);
  return unit ? `${Math.floor(seconds / unit[1])} ${unit[0]} ago` : 'just now';
}

/** A model of a run with its hash, as in `/v1/model`; `null` if its file cannot be read. */
export interface HashedModel extends RunModel {
  readonly hash: string | null;
}

interface HashedModels {
  readonly models: Readonly<Record<string, HashedModel>>;
  readonly best: string;
}

/** The metrics of all models of a run as a text table, with the best marked. */
export function runModelTable({ models, best }: HashedModels): string {
  const entries = Object.entries(models);
  const metrics = [...new Set(entries.flatMap(([, model]) => Object.keys(model.metrics)))];
  return tableOf(
    ['model', ...metrics.map(metricTitle), 'threshold', 'model hash'],
    entries.map(([name, model]) => [
      name === best ? `${name} (best)` : name,
      ...metrics.map((metric) => metricText(model.metrics[metric])),
      model.threshold?.toFixed(4) ?? '',
      model.hash?.slice(0, 12) ?? '',
    ]),
  );
}
