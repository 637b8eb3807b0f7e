import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keptFigures } from './kept-figures.js';
import { output, peerOutput } from './measure.js';
import {
  type Quality,
  type QualityFigures,
  ranksTable,
  type SetFigures,
  setsTable,
} from './quality-tables.js';

/** What a script of `peers` tells of the data sets that it has written. */
interface DataSets {
  readonly splits: number;
  readonly sets: readonly {
    readonly name: string;
    readonly target: string;
    readonly rows: number;
    readonly classes?: number;
  }[];
}

/** Models, and the script that fits one by its name. */
interface Models {
  readonly names: readonly string[];
  readonly script: string;
  readonly args?: readonly string[];
}

const SPLITS = 3;

/**
 * How good predictions are: models by their defaults, on many data sets, beside peers by theirs, as Markdown. What was found is kept in
 * `folder`, so that a run that was interrupted goes on, and a change of ours does not make the peers run again.
 */
export function qualityReport<Q extends string>(
  folder: string,
  setsScript: string,
  qualities: readonly Quality<Q>[],
  given: { readonly ours: Models; readonly peers: Models },
): string {
  const setsFolder = join(folder, 'sets');
  const kept = keptFigures<QualityFigures<Q>>(folder);
  if (!existsSync(join(setsFolder, 'sets.json'))) peerOutput(setsScript, setsFolder, String(SPLITS));
  const { splits, sets }: DataSets = JSON.parse(readFileSync(join(setsFolder, 'sets.json'), 'utf8'));
  const { ours, peers } = given;
  const wanted = process.env.BENCH_MODELS?.split(',');
  const models = [...ours.names, ...peers.names].filter((model) => !wanted || wanted.includes(model));

  /** The figures of a model on a split, which are found once. */
  function figuresOf(model: string, name: string, target: string, split: number): QualityFigures<Q> {
    return kept(`${model} on ${name}, split ${split}`, () => {
      const [train, test] = ['train', 'test'].map((part) => join(setsFolder, `${name}_${split}_${part}.csv`));
      const isOurs = ours.names.includes(model);
      const { script, args = [] } = isOurs ? ours : peers;
      const written = (isOurs ? output : peerOutput)(script, model, train, test, target, ...args);
      return JSON.parse(written.slice(written.lastIndexOf('{')));
    });
  }

  const all = sets.map(
    ({ name, target, rows, classes }): SetFigures<Q> => ({
      name: `${name} (${rows.toLocaleString('en')} rows${classes ? `, ${classes} classes` : ''})`,
      figures: new Map(
        models.map((model) => [
          model,
          Array.from({ length: splits }, (_, split) => figuresOf(model, name, target, split)),
        ]),
      ),
    }),
  );
  const tables = qualities.map((quality) => setsTable(quality, models, all));
  return `${[ranksTable(qualities, models, all), ...tables].join('\n\n')}\n`;
}
