import { visibleText } from '@churn/core';
import type { ChartData } from '../charts/chart-data.js';
import { type Html, html } from './html.js';

/** A link that saves data as a CSV file, without a server and without scripts. @param what what the data is of. */
export function csvLink({ head, rows }: ChartData, name: string, what: string): Html {
  // The mark keeps a spreadsheet from running a text as a formula.
  const cell = (value: string | number) => {
    const text = typeof value === 'number' ? String(value) : visibleText(value);
    const plain = typeof value === 'string' && /^[=+\-@]/.test(text) ? `'${text}` : text;
    return /[",\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  const csv = [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
  const address = `data:text/csv;charset=utf-8,${encodeURIComponent(csv).replaceAll('%2C', ',')}`;
  return html`<a class="csv" download="${name}.csv" href="${address}" aria-label="Data as CSV: ${what}">Data as CSV</a>`;
}
