import { breakable, type Html, html } from '../html.js';

/** Single rows, which readers can expand, filter and sort. */
export interface RowExplorer {
  /** What rows can be sorted by; rows come in the order of the first. */
  readonly orders: readonly RowOrder[];
  /** At most some dozens. */
  readonly rows: readonly ExploredRow[];
}

export interface RowOrder {
  readonly label: string;
  readonly descending: boolean;
}

/** A row, and the prediction for it. */
export interface ExploredRow {
  /** An identifier, such as its position in a file. */
  readonly name: string;
  /** The prediction, in short. */
  readonly said: string;
  /** What readers filter by, such as `misclassified`. */
  readonly kind: string;
  /** One number for each order. */
  readonly keys: readonly number[];
  /** Why, in words, the strongest reason first. */
  readonly reasons: readonly string[];
  /** Counterfactual changes, in words. */
  readonly changes?: readonly string[];
  readonly values: readonly (readonly [column: string, value: string])[];
}

/** Rows that open one by one; where scripts run, they can be filtered and sorted. */
export function rowExplorer({ rows, orders }: RowExplorer): Html {
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  const option = (label: string, value: string | number) => html`<option value="${value}">${label}</option>`;
  const filter = html`<label>Show <select data-do="filter">${option(`all ${rows.length} rows`, '')}${kinds.map((kind) => option(kind, kind))}</select></label>`;
  const sort = html`<label>Sort by <select data-do="sort">${orders.map(({ label }, i) => option(label, i))}</select></label>`;
  const directions = orders.map(({ descending }) => (descending ? '-' : '+')).join('');
  return html`<div class="explorer" data-directions="${directions}"><p class="choices" hidden>${filter} ${sort} <span role="status" class="count"></span></p><div class="rows">${rows.map(rowHtml)}</div></div>`;
}

function rowHtml({ name, said, kind, keys, reasons, changes = [], values }: ExploredRow): Html {
  const cells = values.map(
    ([column, value]) => html`<div><dt>${breakable(column)}</dt><dd>${value}</dd></div>`,
  );
  const list = (items: readonly string[]) => html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
  const why = reasons.length > 0 ? html`<p>Why:</p>${list(reasons)}` : undefined;
  const otherwise =
    changes.length > 0 ? html`<p>What would change the decision:</p>${list(changes)}` : undefined;
  return html`<details class="row" data-kind="${kind}" data-keys="${keys.join(' ')}"><summary><b>${name}</b> <span>${said}</span> <em>${kind}</em></summary>${why}${otherwise}<dl class="values">${cells}</dl></details>
`;
}
