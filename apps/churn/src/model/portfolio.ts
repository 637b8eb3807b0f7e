import type { Table } from '@churn/core';
import type { SearchSpace } from '@churn/selection';
import type { ModelParameters } from '../config/model-config.js';
import { PRESETS, type Preset } from '../config/preset.js';
import { definitionOf } from './models.js';
import { type Processed, unsuitedProcessing } from './suited-processing.js';

/** The name of the baseline, which ignores the columns. */
export const BASELINE = 'baseline';

/** The maximum size of data for a setting. */
interface Limits {
  readonly rows?: number;
  /** The number of encoded columns, counting each level of a category. */
  readonly width?: number;
  readonly classes?: number;
}

/** A model with parameters worth trying on any data, as in a configuration. */
export interface Setting {
  readonly name: string;
  /** The smallest preset that includes it. */
  readonly preset: Preset;
  readonly model: { readonly type: string } & Partial<ModelParameters>;
  readonly atMost?: Limits;
  /** The minimum number of rows; with fewer, others are fast enough. */
  readonly fromRows?: number;
}

/** The settings that automatic model selection tries. */
export interface Portfolio {
  /** Ordered by usefulness and diversity, since a search may end early. */
  readonly settings: readonly Setting[];
  /** The model that the preset `best` tunes further, based on earlier results. */
  readonly tuned?: (SearchSpace & { readonly model: string; readonly type: string }) | undefined;
}

/** The maximum number of tuned candidates, and of those drawn at random first. */
export const MAX_TUNED = 40;
export const TUNED_AT_RANDOM = 6;

/** A setting that is not tried, with the reason. */
interface LeftOut {
  readonly name: string;
  readonly reason: string;
}

/** The settings of a preset that suit the data and its processing, and those left out. */
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

/** The maximum number of levels counted per category; columns with more become ratios. */
const MAX_LEVELS = 20;

function widthOf(x: Table): number {
  let width = 0;
  for (const [, column] of x.entries()) {
    width += column.kind === 'category' && column.levels.length <= MAX_LEVELS ? column.levels.length : 1;
  }
  return width;
}
