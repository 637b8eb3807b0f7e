import { ChurnError } from '@churn/core';
import type { Config } from '../config/config.js';
import { type EconomicsConfig, economics } from '../config/economics.js';
import { issueText } from '../config/issue-text.js';

/** What options say of the economics: numbers, or names of columns. */
export interface EconomicsOptions {
  readonly value?: string;
  readonly contact?: string;
  readonly offer?: string;
  readonly acceptance?: string;
}

const NAMES = ['value', 'contact', 'offer', 'acceptance'] as const;

/**
 * The economics of a campaign: those of the configuration's threshold, each of which an option takes the place of.
 * @throws `invalid-parameter`, naming the option, where one is no number or column that will do, or value or acceptance is told nowhere.
 */
export function campaignEconomics(
  options: EconomicsOptions,
  config: Pick<Config, 'threshold'> | undefined,
): EconomicsConfig {
  const rule = config?.threshold;
  const configured = rule && 'profit' in rule ? rule.profit : undefined;
  const given = Object.fromEntries(
    NAMES.flatMap((name) => {
      const text = options[name];
      return text === undefined ? [] : [[name, numberOrColumn(text)]];
    }),
  );
  const all = { ...configured, ...given };
  const lacking = (['value', 'acceptance'] as const).filter((name) => all[name] === undefined);
  if (lacking.length > 0) {
    const names = lacking.map((name) => `--${name}`).join(' and ');
    throw new ChurnError(
      'invalid-parameter',
      `${names}: expected a number, or the name of a column, as threshold.profit of the configuration tells none, such as ` +
        '--value 400 --contact 1 --offer 20 --acceptance 0.3',
    );
  }
  const { data, error } = economics.safeParse(all, { error: issueText });
  if (data) return data;
  const [{ path, message }] = error.issues;
  throw new ChurnError('invalid-parameter', `--${path.join('.')}: ${message}`);
}

function numberOrColumn(text: string): number | string {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
