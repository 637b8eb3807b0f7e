import { ChurnError, type TableSchema } from '@churn/core';
import { writeFileAtomic } from '@churn/io';
import { type CampaignEconomics, planCampaign, simulateProfit } from '@churn/selection';
import { assumedText, campaignEconomics, type EconomicsOptions } from '../campaign/campaign-economics.js';
import { campaignPage } from '../campaign/campaign-page.js';
import { campaignTotals } from '../campaign/campaign-totals.js';
import { campaignWords, passedOverWords } from '../campaign/campaign-words.js';
import { idColumns, idsOf, lineOf } from '../campaign/id-columns.js';
import {
  counterfactualColumns,
  type ListCounterfactuals,
  listCounterfactuals,
} from '../campaign/list-counterfactuals.js';
import { listReasons } from '../campaign/list-reasons.js';
import { type Customers, readCustomers, type ScoreSource } from '../campaign/read-customers.js';
import { upliftSource } from '../campaign/uplift-source.js';
import { writeList } from '../campaign/write-list.js';
import type { Config } from '../config/config.js';
import { currency as currencyCode, type EconomicsConfig } from '../config/economics.js';
import { fileFormat, type InputOptions, refuseOutputName } from '../input.js';
import { isSurelyOrdered } from '../model/recorded-uplift.js';
import { FLATTERED, isOfTrainingRows } from '../registry/learned-file.js';
import type { NamedModel } from '../registry/named-model.js';
import { refuseSameFile } from '../scoring/output.js';
import { reasonColumns } from '../scoring/prediction-columns.js';
import { loadScoringModel } from '../scoring/scoring-model.js';
import type { Logger } from '../terminal/logger.js';
import { fileLines, type Outcome } from '../terminal/outcome.js';

export interface CampaignOptions extends InputOptions, EconomicsOptions {
  /** The file of customers. */
  readonly input: string;
  /** The model that scores them; absent if they are already scored. */
  readonly model?: NamedModel | undefined;
  /** The column with their probability of churn, instead of a model. */
  readonly scores?: string;
  /** The file for the list. */
  readonly output: string;
  /** The file for the page; by default none is written. */
  readonly page?: string;
  /** The maximum number of contacts. */
  readonly capacity?: number;
  /** The maximum cost of contacts and offers. */
  readonly budget?: number;
  readonly currency?: string;
  /** The column of uplift; by default that of the model. `false` for a list by churn. */
  readonly uplift?: string | false;
  /** The column that identifies customers on the page; by default those of `data.uniqueBy`, else lines. */
  readonly id?: string;
  /** Whether to add the reasons for each customer on the list. */
  readonly explain?: boolean;
  /** The settings of counterfactuals for each of them; by default there are none. */
  readonly counterfactuals?: ListCounterfactuals | undefined;
}

const MAX_REJECTED = 5;

/**
 * Lists the customers worth contacting, best first, with the expected value of each and the reasons why they may leave.
 *
 * @param config the configuration, with the economics and the currency unless options give them.
 * @returns the totals of the campaign, to show to the user.
 * @throws `invalid-parameter` if the economics are not specified, or an input file would be overwritten; also as `readCustomers` does.
 */
export async function campaign(
  options: CampaignOptions,
  config: Config | undefined,
  logger: Logger,
): Promise<Outcome> {
  const { input, output, page, scores, model, capacity, budget, explain = true } = options;
  const { counterfactuals } = options;
  const { economics, assumed, sources } = campaignEconomics(options, config);
  const currency = currencyOf(options, config);
  refuseFiles(options);
  if (counterfactuals && scores !== undefined) {
    throw new ChurnError(
      'invalid-parameter',
      `--counterfactuals: expected a model, got --scores ${scores}: a probability alone does not show what would change it`,
    );
  }
  const source = await sourceOf(scores, model);
  const predicts = 'scoring' in source ? source.scoring.predicts : (config?.predicts ?? 'churn');
  const isExplained = explain && 'scoring' in source;
  const uplift = upliftSource(options.uplift, source);
  const passedOver = options.uplift === false && 'scoring' in source ? source.scoring.uplift : undefined;
  const isLearned = uplift !== undefined && 'treatment' in uplift;
  const column = uplift && 'column' in uplift ? uplift.column : undefined;
  const schema: TableSchema = [
    ...('scoring' in source ? [{ name: `${predicts}_probability`, kind: 'numeric' as const }] : []),
    ...(isLearned ? [{ name: `${predicts}_uplift`, kind: 'numeric' as const }] : []),
    { name: 'campaign_rank', kind: 'numeric' },
    { name: inCurrency('expected_net_value', currency), kind: 'numeric' },
    { name: inCurrency('expected_cost', currency), kind: 'numeric' },
    ...(isExplained ? reasonColumns({ predicts }) : []),
    ...(counterfactuals ? counterfactualColumns(predicts, counterfactuals) : []),
  ];
  if (isLearned) tellUncertain(source, logger);
  if (assumed.length > 0) logger.warn(assumedText(assumed));
  const isTrainedOn = model !== undefined && (await isOfTrainingRows(model, input));
  if (isTrainedOn) logger.warn(`${input}: ${FLATTERED}`);
  const ids =
    page === undefined ? [] : await idColumns({ input, named: options.id, config, source, options });
  const columns = new Map([
    ...sources,
    ...(scores === undefined ? [] : [[scores, '--scores'] as const]),
    ...(column === undefined ? [] : [[column, '--uplift'] as const]),
  ]);
  const needs = { economics, columns, uplift: column, ids };
  const customers = await readCustomers(input, source, needs, schema, options);
  tellRejected(customers, logger);
  const effects = isLearned ? customers.uplift : customers.columns.get(column ?? '');
  const { probabilities } = customers;
  const ofEach = economicsOf(customers, economics);
  const planBy = (by: Float64Array | undefined) =>
    planCampaign(probabilities, ofEach, { capacity, budget, uplift: by });
  const plan = planBy(effects);
  const simulated = simulateProfit(plan, probabilities, ofEach);
  const totals = campaignTotals(plan, simulated, probabilities, {
    ...(uplift && { byChurn: planBy(undefined) }),
    ...(passedOver && { byUplift: planBy(customers.uplift) }),
  });
  const listed = plan.order.subarray(0, plan.length);
  const reasons =
    isExplained && model ? await listReasons(source.scoring, model.file, customers, listed) : [];
  const changes =
    counterfactuals && 'scoring' in source
      ? await listCounterfactuals(source.scoring, counterfactuals, customers, listed)
      : [];
  const take = (values: Float64Array) => Float64Array.from(listed, (i) => values[i]);
  const added = [
    ...('scoring' in source ? [take(probabilities)] : []),
    ...(isLearned && effects ? [take(effects)] : []),
    Float64Array.from(listed, (_, i) => i + 1),
    take(plan.netValue).map(toCents),
    take(plan.cost).map(toCents),
    ...reasons,
    ...changes,
  ];
  await writeList(output, customers, listed, added, fileFormat(input, options.format).isColumnar ?? false);
  const words = [...campaignWords(totals, currency), ...passedOverWords(totals, passedOver, currency)];
  const files = [{ what: 'list', path: output }];
  if (page !== undefined) {
    const from = model ? `scored by ${model.name}` : `with the probabilities of their column “${scores}”`;
    const text = await campaignPage({
      ...{ plan, simulated, totals, words, economics, currency, uplift, limits: { capacity, budget } },
      source: `${customers.places.length.toLocaleString('en')} customers of ${customers.name}, ${from}`,
      rejected: customers.rejected.length,
      ...{ assumed, isTrainedOn, ids, idsOf: (customer) => idsOf(customers, customer, ids) },
      lineOf: (customer) => lineOf(customers, customer),
      ...{ probabilities, reasons: reasons[0], changes: changes[0] },
    });
    await writeFileAtomic(page, text);
    files.push({ what: 'page', path: page });
  }
  return { text: `${words.join('\n')}\n\n${fileLines(files)}`, files, figures: totals };
}

/** The economics of each customer, if they vary. */
function economicsOf({ columns }: Customers, economics: EconomicsConfig): CampaignEconomics {
  const read = <V>(given: V | string) =>
    typeof given === 'string' ? (columns.get(given) as Float64Array) : given;
  const { value, contact, offer, acceptance } = economics;
  return { value: read(value), contact: read(contact), offer: read(offer), acceptance: read(acceptance) };
}

async function sourceOf(scores: string | undefined, model: NamedModel | undefined): Promise<ScoreSource> {
  if (scores !== undefined) return { column: scores };
  if (!model)
    throw new ChurnError('invalid-parameter', '--scores: expected the name of a column, or a model');
  const scoring = await loadScoringModel(model.file, 'churn campaign');
  if (scoring.classes.length === 2) return { scoring };
  throw new ChurnError(
    'unsupported',
    `${model.file}: churn campaign needs a model of two classes, got one of ${scoring.classes.length}`,
  );
}

function currencyOf({ currency }: CampaignOptions, config: Config | undefined): string | undefined {
  if (currency === undefined) return config?.currency;
  const { success, error } = currencyCode.safeParse(currency);
  if (success) return currency;
  throw new ChurnError('invalid-parameter', `--currency: ${error.issues[0].message}`);
}

function refuseFiles({ input, output, page, model, format, counterfactuals }: CampaignOptions): void {
  const outputs = new Map([['--output', output], ...(page === undefined ? [] : [['--page', page] as const])]);
  const inputs = new Map([
    ['--input', input],
    ...(model ? [['--model', model.file] as const] : []),
    ...(counterfactuals ? [['--data', counterfactuals.data] as const] : []),
  ]);
  refuseSameFile(outputs, inputs);
  refuseOutputName(output, input, format);
}

/** Warns if the ranking of an uplift model may be no better than chance. */
function tellUncertain(source: ScoreSource, logger: Logger): void {
  const uplift = 'scoring' in source ? source.scoring.uplift : undefined;
  if (!uplift || isSurelyOrdered(uplift)) return;
  const [value, low, high] = [uplift.qini.value, uplift.qini.low, uplift.qini.high].map((each) =>
    each.toFixed(3),
  );
  logger.warn(
    `the uplift of "${uplift.treatment.column}" does not rank customers significantly better than chance (Qini coefficient ${value}, 95% interval ${low} to ${high}); use --no-uplift to list them by churn`,
  );
}

function tellRejected({ name, rejected }: Customers, logger: Logger): void {
  for (const { line, reason } of rejected.slice(0, MAX_REJECTED)) {
    logger.warn(`${name}, line ${line}: ${reason}; left out`);
  }
  if (rejected.length > MAX_REJECTED) logger.warn(`and ${rejected.length - MAX_REJECTED} more`);
}

function inCurrency(name: string, currency: string | undefined): string {
  return currency === undefined ? name : `${name}_${currency}`;
}

function toCents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
