import { fourDigits, percent } from '../format.js';
import type { CategoryProfile, ColumnProfile, NumericProfile } from '../profile/column-profile.js';
import type { TableProfile } from '../profile/table-profile.js';
import { breakable, type Html, html } from './html.js';

/** No more columns than these get a card. */
const MAX_CARDS = 200;
const LEVELS = 6;

/** A card for each column of a profile: what it holds, at a glance. */
export function columnCards({ columns, profiledRows, omittedColumns }: TableProfile): Html {
  const shown = columns.slice(0, MAX_CARDS);
  const left = columns.length - shown.length + omittedColumns;
  const note = left > 0 ? html`<p>${left} further columns are not shown.</p>` : undefined;
  return html`<div class="cards">${shown.map((column) => card(column, profiledRows))}</div>${note}`;
}

function card(column: ColumnProfile, rows: number): Html {
  const { name, kind, missing, distinct } = column;
  const facts = [
    ['missing', missing === 0 ? 'none' : `${missing.toLocaleString('en')} (${percent(missing / rows)})`],
    ['distinct', distinct.toLocaleString('en')],
    ...(column.kind === 'numeric' ? numericFacts(column) : []),
  ];
  const list = facts.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`);
  const picture = column.kind === 'numeric' ? bars(column) : levels(column, rows);
  return html`<article><h3>${breakable(name)}</h3><p class="kind">${kind}</p>${picture}<dl>${list}</dl></article>`;
}

function numericFacts({ mean, sd, quantiles, skew }: NumericProfile): [string, string][] {
  return [
    ['mean', `${short(mean)} ± ${short(sd)}`],
    ['median', short(quantiles[4])],
    ['range', `${short(quantiles[0])} to ${short(quantiles[quantiles.length - 1])}`],
    ['skewness', short(skew)],
  ];
}

/** A histogram without axes. */
function bars({ histogram: { counts }, name }: NumericProfile): Html | undefined {
  if (counts.length === 0) return undefined;
  const most = Math.max(...counts);
  const step = 200 / counts.length;
  const path = counts
    .map((count, i) => {
      const height = (40 * count) / most;
      return `M${(i * step).toFixed(2)} ${(40 - height).toFixed(2)}h${(step * 0.9).toFixed(2)}V40h-${(step * 0.9).toFixed(2)}z`;
    })
    .join('');
  return html`<svg class="bars" viewBox="0 0 200 40" preserveAspectRatio="none" role="img" aria-label="Distribution of ${name}"><path d="${path}"/></svg>`;
}

function levels({ top, otherRows }: CategoryProfile, rows: number): Html {
  const shown = top.slice(0, LEVELS);
  const rest = otherRows + top.slice(LEVELS).reduce((sum, each) => sum + each.rows, 0);
  const all = rest > 0 ? [...shown, { level: 'all others', rows: rest }] : shown;
  const line = (each: { level: string; rows: number }) => {
    const share = each.rows / rows;
    return html`<li><span>${each.level}</span><b>${percent(share)}</b><i style="width:${(100 * share).toFixed(1)}%"></i></li>`;
  };
  return html`<ul class="levels">${all.map(line)}</ul>`;
}

function short(value: number | null): string {
  return value === null ? '-' : fourDigits(value);
}
