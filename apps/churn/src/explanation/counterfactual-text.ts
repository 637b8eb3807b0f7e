import type { Cell } from '@churn/core';
import { fourDigits } from '@churn/eda';
import type { Change, Counterfactual } from '@churn/explain';

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

/** The counterfactuals of a row, one per line. */
export function counterfactualLines(found: readonly DescribedCounterfactual[]): string[] {
  if (found.length === 0) return ['no allowed and plausible change was found that alters the decision'];
  return found.map(({ text, label, prediction }) =>
    label === undefined ? text : `${text} (probability ${prediction.toFixed(4)})`,
  );
}
