/**
 * How good predictions are: models by their defaults, on many data sets, beside the peers by theirs. Prints Markdown.
 *
 * What was found is kept in the folder that BENCH_QUALITY names, so that a run that was interrupted goes on, and a change of ours does not
 * make the peers run again.
 */
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptFigures } from './kept-figures.js';
import { output, peerOutput } from './measure.js';
import { ranksTable, type SetFigures, setsTable } from './quality-tables.js';

/** AUC (of several classes the mean of each against the others), log loss, and seconds of processor time for fit and scoring. */
export interface QualityFigures {
  readonly auc: number;
  readonly logLoss: number;
  readonly seconds: number;
}

/** What `peers/quality_sets.py` tells of the data sets. */
interface DataSets {
  readonly splits: number;
  readonly sets: readonly {
    readonly name: string;
    readonly target: string;
    readonly rows: number;
    readonly classes: number;
  }[];
}

const SPLITS = 3;
/** What AutoGluon may take for a split. */
const AUTOGLUON_SECONDS = process.env.BENCH_AUTOGLUON ?? '60';
const OURS = ['GradientBoostingClassifier', 'preset good', 'preset best'];
const PEERS = ['AutoGluon', 'CatBoost', 'HistGradientBoosting', 'LightGBM', 'XGBoost'];

const folder = process.env.BENCH_QUALITY ?? join(tmpdir(), 'churn-quality');
const setsFolder = join(folder, 'sets');
const kept = keptFigures<QualityFigures>(folder);
if (!existsSync(join(setsFolder, 'sets.json'))) peerOutput('quality_sets.py', setsFolder, String(SPLITS));
const { splits, sets }: DataSets = JSON.parse(readFileSync(join(setsFolder, 'sets.json'), 'utf8'));

/** The figures of a model on a split, which are found once. */
function figuresOf(model: string, name: string, target: string, split: number): QualityFigures {
  return kept(`${model} on ${name}, split ${split}`, () => {
    const [train, test] = ['train', 'test'].map((part) => join(setsFolder, `${name}_${split}_${part}.csv`));
    const written = OURS.includes(model)
      ? output('./quality-ours.js', model, train, test, target)
      : peerOutput('quality.py', model, train, test, target, AUTOGLUON_SECONDS);
    return JSON.parse(written.slice(written.lastIndexOf('{')));
  });
}

const wanted = process.env.BENCH_MODELS?.split(',');
const models = [...OURS, ...PEERS].filter((model) => !wanted || wanted.includes(model));
const all = sets.map(
  ({ name, target, rows, classes }): SetFigures => ({
    name,
    rows,
    classes,
    figures: new Map(
      models.map((model) => [
        model,
        Array.from({ length: splits }, (_, split) => figuresOf(model, name, target, split)),
      ]),
    ),
  }),
);
process.stdout.write(
  `${ranksTable(models, all)}\n\n${setsTable('auc', models, all)}\n\n${setsTable('logLoss', models, all)}\n`,
);
