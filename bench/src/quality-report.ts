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

/** The description of a data set, written by a script of `peers`. */
interface DataSets {
  readonly splits: number;
  readonly sets: readonly {
    readonly name: string;
    readonly target: string;
    readonly rows: number;
    readonly classes?: number;
  }[];
}

/** Models, with the script that fits one by name. */
interface Models {
  readonly names: readonly string[];
  readonly script: string;
  readonly args?: readonly string[];
}

const SPLITS = 3;

/**
 * The quality of models with their defaults on many data sets, compared with peers with theirs, as Markdown. Results are cached in
 * `folder`, so that an interrupted run resumes, and a change of ours does not rerun the peers.
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

  /** The cached figures of a model on a split. */
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
