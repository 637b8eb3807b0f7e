import { html } from '../html.js';

/** Filters and sorts single rows. */
export const ROWS_SCRIPT = html`
for (const explorer of document.querySelectorAll('.explorer')) {
  const list = explorer.querySelector('.rows');
  const rows = [...list.children];
  const count = explorer.querySelector('.count');
  const filter = explorer.querySelector('[data-do=filter]');
  const sort = explorer.querySelector('[data-do=sort]');
  const key = (row) => Number(row.dataset.keys.split(' ')[sort.value]);
  filter.addEventListener('change', () => {
    for (const row of rows) row.hidden = filter.value !== '' && row.dataset.kind !== filter.value;
    count.textContent = rows.filter((row) => !row.hidden).length + ' shown';
  });
  sort.addEventListener('change', () => {
    const sign = explorer.dataset.directions[sort.value] === '-' ? -1 : 1;
    list.append(...rows.sort((a, b) => sign * (key(a) - key(b))));
  });
  explorer.querySelector('.choices').hidden = false;
}
`;
