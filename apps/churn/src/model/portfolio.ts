import type { Table } from '@churn/core';
import type { SearchSpace } from '@churn/selection';
import type { ModelParameters } from '../config/model-config.js';
import { PRESETS, type Preset } from '../config/preset.js';
import { definitionOf } from './models.js';
import { type Processed, unsuitedProcessing } from './suited-processing.js';

/** What the setting is called that looks at no column, and that all others have to beat. */
export const BASELINE = 'baseline';

/** How large the data may be for a setting to be worth its time. */
interface Limits {
  readonly rows?: number;
  /** Numbers that come of the columns, a level of a category counted as one. */
  readonly width?: number;
  readonly classes?: number;
}

/** A setting that is worth a try on data of any kind: what a configuration could say of a model. */
export interface Setting {
  readonly name: string;
  /** The smallest preset that has it. */
  readonly preset: Preset;
  readonly model: { readonly type: string } & Partial<ModelParameters>;
  readonly atMost?: Limits;
  /** Rows below which others are quick enough. */
  readonly fromRows?: number;
}

/** What is tried where models are found. */
export interface Portfolio {
  /** In order of value, each unlike those before it. A search that ends early has tried the first. */
  readonly settings: readonly Setting[];
  /** What the preset `best` goes on to try, by what was found before. */
  readonly tuned?: (SearchSpace & { readonly model: string; readonly type: string }) | undefined;
}

/** How many candidates a preset goes on to try at most, and how many of them before it learns from what it found. */
export const MOST_TUNED = 40;
export const TUNED_AT_RANDOM = 6;

/** A setting that is not tried, and why. */
interface LeftOut {
  readonly name: string;
  readonly reason: string;
}

/** The settings of a preset that suit the data and what is done to it, and those that do not. */
export function portfolioFor(
  portfolio: Portfolio,
  preset: Preset,
  data: { readonly x: Table; readonly classes?: number },
  processing: Processed,
): { readonly settings: readonly Setting[]; readonly leftOut: readonly LeftOut[] } {
  const settings: Setting[] = [];
  const leftOut: LeftOut[] = [];
  const sizes = { rows: data.x.nRows, width: widthOf(data.x), classes: data.classes ?? 0 };
  for (const setting of portfolio.settings) {
    const { fromRows = 0 } = setting;
    if (PRESETS.indexOf(setting.preset) > PRESETS.indexOf(preset) || sizes.rows < fromRows) continue;
    const reason = tooLarge(sizes, setting.atMost) ?? unsuited(setting, processing);
    if (reason === undefined) settings.push(setting);
    else leftOut.push({ name: setting.name, reason });
  }
  return { settings, leftOut };
}

function tooLarge(sizes: Required<Limits>, atMost: Limits = {}): string | undefined {
  const names = { rows: 'rows', width: 'columns and levels', classes: 'classes' } as const;
  for (const key of Object.keys(names) as (keyof Limits)[]) {
    const most = atMost[key];
    if (most !== undefined && sizes[key] > most) {
      return `it takes too long for more than ${most.toLocaleString('en')} ${names[key]}, and there are ${sizes[key].toLocaleString('en')}`;
    }
  }
  return undefined;
}

function unsuited({ model }: Setting, processing: Processed): string | undefined {
  return unsuitedProcessing(definitionOf(model.type).accepts, processing, { degree: 1, ...model })?.message;
}

/** How many levels a category counts as at most: columns of more become ratios. */
const MOST_LEVELS = 20;

function widthOf(x: Table): number {
  let width = 0;
  for (const [, column] of x.entries()) {
    width += column.kind === 'category' && column.levels.length <= MOST_LEVELS ? column.levels.length : 1;
  }
  return width;
}
