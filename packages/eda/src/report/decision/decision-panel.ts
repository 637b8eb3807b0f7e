import { ChurnError } from '@churn/core';
import { percent } from '../../format.js';
import { embeddedJson } from '../embedded-json.js';
import { type Html, html } from '../html.js';
import { STEPS, thresholdCounts } from './threshold-counts.js';

/** Held-out rows with predicted probabilities, for readers to try thresholds and costs. */
export interface Decision {
  /** The class to find. */
  readonly positive: string;
  /** What the rows are, in the plural. Default `customers`. */
  readonly things?: string;
  /** The probability of the class to find, of each row. */
  readonly scores: ArrayLike<number>;
  /** 1 for each row of that class, 0 for others. */
  readonly isPositive: ArrayLike<number>;
  /** The threshold in use, from 0 to 1. */
  readonly threshold: number;
  /** What a campaign begins with; a reader changes it. */
  readonly economics: DecisionAmounts;
  /** The currency of the target values, such as `EUR`. */
  readonly currency?: string;
}

/** The value and costs of contacts. */
export interface DecisionAmounts {
  /** The value of a retained customer. */
  readonly value: number;
  /** The cost of contacting a customer. */
  readonly contact: number;
  /** The cost of an accepted offer: by churners who accept it, and by all contacted non-churners. */
  readonly offer: number;
  /** The share of contacted churners who accept the offer. */
  readonly acceptance: number;
}

interface Control {
  readonly name: string;
  readonly label: string;
  readonly value: number;
  readonly step: number;
  readonly most: number;
  /** Whether no more than `most` can be typed in either. */
  readonly bounded?: boolean;
}

/**
 * The confusion matrix at a threshold, with controls for threshold, costs and capacity, which update the page if scripts run. Without
 * scripts, the current threshold is shown.
 *
 * @throws `invalid-data` as `thresholdCounts`; `invalid-parameter` if the threshold or an amount is out of its range.
 */
export function decisionPanel({
  positive,
  things = 'customers',
  scores,
  isPositive,
  threshold,
  economics,
  currency,
}: Decision): Html {
  const counts = thresholdCounts(scores, isPositive, requireShare('threshold', threshold));
  const at = counts.thresholds.findLastIndex((each) => each >= Math.floor(threshold * STEPS));
  const [called, right] = at < 0 ? [0, 0] : [counts.called[at], counts.found[at]];
  const { value, contact, offer, acceptance } = economics;
  const inMoney = currency === undefined ? '' : ` (${currency})`;
  const most = (amount: number) => Math.max(10, Number((4 * amount).toPrecision(1)));
  const control = (name: string, label: string, amount: number): Control => ({
    name,
    label: `${label}${inMoney}`,
    value: requireAmount(name, amount),
    step: most(amount) > 100 ? 1 : 0.1,
    most: most(amount),
  });
  const controls: Control[] = [
    { name: 'threshold', label: 'Threshold', value: threshold, step: 0.001, most: 1, bounded: true },
    control('contact', 'Cost of a contact', contact),
    control('offer', 'Cost of an accepted offer', offer),
    control('value', 'Value of a retained customer', value),
    {
      name: 'acceptance',
      label: 'Acceptance rate',
      value: requireShare('acceptance', acceptance),
      ...{ step: 0.01, most: 1, bounded: true },
    },
    {
      name: 'capacity',
      label: `Maximum contacts per 1,000 ${things}`,
      ...{ value: 1000, step: 1, most: 1000, bounded: true },
    },
  ];
  const data = { counts, steps: STEPS, currency, things };
  const figure = (name: string, label: string, shown: string) =>
    html`<div><dt>${label}</dt><dd data-say="${name}">${shown}</dd></div>`;
  const money = (name: string, label: string) =>
    html`<div hidden><dt>${label}</dt><dd data-say="${name}"></dd></div>`;
  const cell = (name: string, count: number) =>
    html`<td class="n" data-say="${name}">${count.toLocaleString('en')}</td>`;
  return html`<div class="decision"><div class="controls" hidden>${controls.map(controlHtml)}<p><button type="button" data-do="best">Use the most profitable threshold</button> <button type="button" data-do="reset">Reset</button></p></div>
<div class="outcome"><dl class="figures">${figure('called', `contacted of 1,000 ${things}`, Math.round((1000 * called) / counts.rows).toLocaleString('en'))}${figure('precision', 'precision', called > 0 ? percent(right / called) : '-')}${figure('recall', 'recall', counts.positives > 0 ? percent(right / counts.positives) : '-')}${money('profit', `expected profit of 1,000 ${things}`)}</dl>
<div class="scroll" tabindex="0"><table class="plain"><caption><span>${counts.rows.toLocaleString('en')} held-out rows</span></caption><thead><tr><td></td><th scope="col" class="n">contacted</th><th scope="col" class="n">not contacted</th></tr></thead><tbody><tr><th scope="row">${positive}</th>${cell('truePositives', right)}${cell('falseNegatives', counts.positives - right)}</tr><tr><th scope="row">all others</th>${cell('falsePositives', called - right)}${cell('trueNegatives', counts.rows - called - counts.positives + right)}</tr></tbody></table></div>
<div hidden><p class="axis">Expected profit per 1,000 ${things} by number of contacts</p><div class="profit"><span data-say="high"></span><svg viewBox="-4 -6 408 162" role="img" aria-label="Expected profit by the share of ${things} contacted, with the threshold in use and the most profitable one"><path class="zero" data-path="zero" d="M0 0"/><path class="curve" data-path="curve" d="M0 0"/><path class="chosen" data-path="chosen" d="M0 0"/><path class="best" data-path="best" d="M0 0"/></svg><span data-say="low"></span><span class="ends"><span>nobody</span><span>all</span></span></div><p>Most profitable: from <b data-say="bestThreshold"></b> on, <b data-say="bestCalled"></b> of 1,000 contacted, for <b data-say="bestProfit"></b>.</p></div>
<p class="quiet" role="status" data-say="summary"></p></div>${embeddedJson(data)}</div>`;
}

function controlHtml({ name, label, value, step, most, bounded }: Control): Html {
  const limit = bounded ? html` max="${most}" data-most="${most}"` : undefined;
  return html`<label><span>${label}</span><input type="range" name="${name}" min="0" max="${most}" step="${step}" value="${value}"><input type="number" name="${name}" min="0"${limit} step="${step}" value="${value}" aria-label="${label}, as a number"></label>`;
}

function requireShare(name: string, value: number): number {
  if (value >= 0 && value <= 1) return value;
  throw new ChurnError('invalid-parameter', `decision: expected ${name} from 0 to 1, got ${value}`);
}

function requireAmount(name: string, value: number): number {
  if (value >= 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new ChurnError('invalid-parameter', `decision: expected ${name} of at least 0, got ${value}`);
}
