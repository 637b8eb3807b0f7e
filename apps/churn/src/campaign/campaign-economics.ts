import { ChurnError } from '@churn/core';
import { quoted } from '@churn/io';
import type { Config } from '../config/config.js';
import { type EconomicsConfig, economics } from '../config/economics.js';
import { issueText } from '../config/issue-text.js';

/** The economics as given by options: numbers, or names of columns. */
export interface EconomicsOptions {
  readonly value?: string;
  readonly contact?: string;
  readonly offer?: string;
  readonly acceptance?: string;
}

const NAMES = ['value', 'contact', 'offer', 'acceptance'] as const;
const COSTS = ['contact', 'offer'] as const;

/** Text that is meant as an amount rather than the name of a column: `30%`, `EUR 400`, `1,200`. */
const AMOUNT = /^(\p{Sc}|[A-Z]{3}\b)?\s*([-+]?\d[\d.,'\s]*)(%|\p{Sc}|[A-Z]{3})?$/u;

/** The economics of a campaign, and where they were specified. */
export interface SpecifiedEconomics {
  readonly economics: EconomicsConfig;
  /** The unspecified costs, which are assumed to be 0. */
  readonly assumed: readonly (typeof COSTS)[number][];
  /** What names each column: an option or a key of the configuration. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * The economics of a campaign: those of the configuration's threshold, overridden by options.
 * @throws `invalid-parameter`, naming the option, if one is invalid, or neither specifies value or acceptance.
 */
export function campaignEconomics(
  options: EconomicsOptions,
  config: Pick<Config, 'threshold'> | undefined,
): SpecifiedEconomics {
  const rule = config?.threshold;
  const configured = rule && 'profit' in rule ? rule.profit : undefined;
  const given: Record<string, number | string> = Object.fromEntries(
    NAMES.flatMap((name) => {
      const text = options[name];
      return text === undefined ? [] : [[name, numberOrColumn(`--${name}`, text)]];
    }),
  );
  const all: Record<string, unknown> = { ...configured, ...given };
  const missing = (['value', 'acceptance'] as const).filter((name) => all[name] === undefined);
  if (missing.length > 0) {
    const names = missing.map((name) => `--${name}`).join(' and ');
    const received = missing.length === 1 ? 'none' : 'neither';
    throw new ChurnError(
      'invalid-parameter',
      `${names}: expected a number or the name of a column, got ${received}, and the configuration has no threshold.profit; ` +
        'for example --value 400 --contact 1 --offer 20 --acceptance 0.3',
    );
  }
  const { data, error } = economics.safeParse(all, { error: issueText });
  if (!data) {
    const [{ path, message }] = error.issues;
    throw new ChurnError('invalid-parameter', `--${path.join('.')}: ${message}`);
  }
  const sourceOf = (name: string) => (name in given ? `--${name}` : `threshold.profit.${name}`);
  const columns = NAMES.flatMap((name) => {
    const column = data[name];
    return typeof column === 'string' ? [[column, sourceOf(name)] as const] : [];
  });
  return {
    economics: data,
    assumed: COSTS.filter((name) => all[name] === undefined),
    sources: new Map(columns),
  };
}

/** States the assumptions about unspecified costs. */
export function assumedText(assumed: SpecifiedEconomics['assumed']): string {
  const options = assumed.map((name) => `--${name}`).join(' and ');
  return assumed.length === 1
    ? `${assumed[0]} is assumed to cost 0; set it by ${options}`
    : `${assumed.join(' and ')} are assumed to cost 0; set them by ${options}`;
}

function numberOrColumn(option: string, text: string): number | string {
  const trimmed = text.trim();
  if (trimmed !== '' && Number.isFinite(Number(trimmed))) return Number(trimmed);
  const [, , digits, unit] = AMOUNT.exec(trimmed) ?? [];
  if (digits === undefined) return text;
  const number = Number(digits.trim());
  const meant = !Number.isFinite(number) ? '' : `, here ${unit === '%' ? number / 100 : number}`;
  throw new ChurnError(
    'invalid-parameter',
    `${option}: expected a plain number${meant}, or the name of a column, got ${quoted(text)}`,
  );
}
