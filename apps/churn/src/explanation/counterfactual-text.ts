import type { Cell } from '@churn/core';
import { fourDigits } from '@churn/eda';
import type { Change, Counterfactual } from '@churn/explain';
import type { CurrentDecision } from './current-decision.js';

/** A counterfactual with its description. */
export interface DescribedCounterfactual extends Counterfactual {
  readonly text: string;
}

/** Describes a counterfactual, such as `would be "stays" if Total Trans Ct were 52, not 38, and Contacts 2, not 4`. */
export function counterfactualText({ label, prediction, changes }: Counterfactual): string {
  const outcome = label === undefined ? fourDigits(prediction) : `"${label}"`;
  const [first, ...others] = changes.map(({ column, ...values }, i) => {
    const name = column.replaceAll('_', ' ').trim();
    return `${name} ${i === 0 ? 'were ' : ''}${changeText(values)}`;
  });
  const last = others.pop();
  const listed = [first, ...others].join(', ') + (last === undefined ? '' : `, and ${last}`);
  return `would be ${outcome} if ${listed}`;
}

function changeText({ from, to }: Omit<Change, 'column'>): string {
  if (typeof from !== 'number' || typeof to !== 'number') return `${shown(to)}, not ${shown(from)}`;
  // Enough digits to differ.
  for (let digits = 4; digits < 17; digits++) {
    const [a, b] = [from, to].map((value) => value.toPrecision(digits));
    if (Number(a) !== Number(b)) return `${Number(b)}, not ${Number(a)}`;
  }
  return `${to}, not ${from}`;
}

function shown(value: Cell): string {
  return String(value);
}

/** The counterfactuals of a row, one per line, below the decision that they would alter. */
export function counterfactualLines(
  found: readonly DescribedCounterfactual[],
  decision: CurrentDecision,
): string[] {
  const { state, change } = decisionText(decision);
  if (found.length === 0) return [`${state}; no allowed and plausible change was found that would ${change}`];
  const of = decision.positive === undefined ? '' : ` of "${decision.positive}"`;
  return [
    `${state}; changes that would ${change}:`,
    ...found.map(({ text, label, prediction }) =>
      label === undefined ? text : `${text} (probability${of} ${prediction.toFixed(4)})`,
    ),
  ];
}

/** A decision, and what another one takes: of two, only one other is possible. */
function decisionText({ label, positive, prediction, threshold }: CurrentDecision) {
  if (threshold === undefined) {
    return {
      state: `predicted "${label}": its probability, ${prediction.toFixed(4)}, is the highest`,
      change: 'make that of another class the highest',
    };
  }
  const isBelow = prediction < threshold;
  if (label === undefined) {
    const value = fourDigits(prediction);
    return isBelow
      ? { state: `predicted ${value}, below ${threshold}`, change: `raise it to ${threshold}` }
      : { state: `predicted ${value}, not below ${threshold}`, change: `lower it below ${threshold}` };
  }
  const whose = label === positive ? 'its probability' : `the probability of "${positive}"`;
  const [value, limit] = apart(prediction, threshold);
  return isBelow
    ? {
        state: `predicted "${label}": ${whose} is ${value}, below the threshold of ${limit}`,
        change: 'raise it to the threshold',
      }
    : {
        state: `predicted "${label}": ${whose} is ${value}, not below the threshold of ${limit}`,
        change: 'lower it below the threshold',
      };
}

/** Two probabilities with four decimals, or with as many as show that they differ. */
function apart(a: number, b: number): [string, string] {
  for (let digits = 4; digits < 17; digits++) {
    const [first, second] = [a.toFixed(digits), b.toFixed(digits)];
    if (first !== second || a === b) return [first, second];
  }
  return [String(a), String(b)];
}
