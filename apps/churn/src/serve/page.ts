import { escapeHtml } from '@churn/eda';
import type { ServedColumn, ServedModel } from './served-model.js';

/** The page where a person fills in a customer and sees the probability and the reasons; it needs nothing but this service. */
export function page({ fields, classes, threshold, hash, predicts }: ServedModel): string {
  const title = `Scoring: ${escapeHtml(predicts)}`;
  const mark =
    threshold === undefined
      ? ''
      : `<i style="left:${(100 * Math.min(threshold, 1)).toFixed(1)}%" title="threshold ${threshold.toFixed(3)}"></i>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
  <h1>${title}</h1>
  <p>Fill in what is known; what is left empty counts as unknown.</p>
</header>
<main>
  <form id="row" autocomplete="off">
    <div class="fields">${fields.map(field).join('')}</div>
    <p class="actions">
      <button type="submit">Score</button>
      <button type="reset" class="quiet">Clear</button>
      <label class="key">API key <input id="key" type="password" placeholder="if the service has one"></label>
    </p>
  </form>
  <section id="result" aria-live="polite" data-positive="${classes.length === 2 ? escapeHtml(classes[1]) : ''}" hidden>
    <p class="label">Probability of “<span id="label"></span>”</p>
    <p class="probability"><output id="probability"></output> <span id="call"></span></p>
    <div class="bar"><div id="level"></div>${mark}</div>
    <h2>Why</h2>
    <ol id="reasons"></ol>
  </section>
  <p id="error" role="alert" hidden></p>
</main>
<footer>Model <code>${escapeHtml(hash.slice(0, 12))}</code> · <a href="/openapi.json">OpenAPI</a> · <a href="/metrics">metrics</a></footer>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function field({ name, kind, average, levels }: ServedColumn, index: number): string {
  const id = `c${index}`;
  const label = `<label for="${id}">${escapeHtml(name.replaceAll('_', ' '))}</label>`;
  const common = `id="${id}" data-column="${escapeHtml(name)}" data-kind="${kind}"`;
  if (levels) {
    const options = levels.map((level) => `<option>${escapeHtml(level)}</option>`).join('');
    return `<div>${label}<select ${common}><option value="">unknown</option>${options}</select></div>`;
  }
  const hint = average === undefined ? 'unknown' : `average ${Number(average.toPrecision(4))}`;
  const type = kind === 'numeric' ? 'type="number" step="any"' : 'type="text"';
  return `<div>${label}<input ${common} ${type} placeholder="${hint}"></div>`;
}

const STYLE = `
:root { color-scheme: light dark; --text: #1c2430; --soft: #5b6675; --line: #d9dee5; --page: #f5f7f9; --card: #fff; --accent: #0072b2; --warm: #d55e00; }
@media (prefers-color-scheme: dark) { :root { --text: #e7ebf0; --soft: #9aa6b4; --line: #343d49; --page: #14181d; --card: #1d232b; --accent: #56b4e9; --warm: #f0883e; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; } h1 { margin: 0; font-size: 1.75rem; } header p, footer { color: var(--soft); margin-top: .25rem; }
main { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1.5rem; align-items: start; }
form, #result, #error { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem; margin: 0; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .75rem 1rem; }
label { display: block; font-size: .85rem; color: var(--soft); }
input, select { width: 100%; padding: .45rem .6rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 7px; }
option { color: #1c2430; background: #fff; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin: 1.25rem 0 0; }
.key { margin-left: auto; } .key input { width: 13rem; }
button { font: inherit; padding: .5rem 1.4rem; border-radius: 8px; border: 1px solid var(--accent); background: var(--accent); color: #fff; cursor: pointer; }
@media (prefers-color-scheme: dark) { button { color: #10151a; } }
button.quiet { background: transparent; color: inherit; border-color: var(--line); }
.label { margin: 0; color: var(--soft); } .probability { margin: 0 0 .5rem; font-size: 2.4rem; font-weight: 650; line-height: 1.2; }
#call { font-size: 1rem; font-weight: 400; color: var(--soft); }
.bar { position: relative; height: 12px; border-radius: 6px; background: var(--line); }
#level { height: 100%; width: 0; border-radius: 6px; background: var(--accent); transition: width .3s; }
#result.positive #level { background: var(--warm); }
.bar i { position: absolute; top: -4px; bottom: -4px; width: 2px; background: var(--text); }
h2 { font-size: 1rem; margin: 1.4rem 0 .3rem; } ol { margin: 0; padding-left: 1.3rem; } li { margin: .35rem 0; } li::marker { color: var(--soft); }
li.up { border-right: 3px solid var(--warm); padding-right: .5rem; } li.down { border-right: 3px solid var(--accent); padding-right: .5rem; }
#error { border-color: var(--warm); white-space: pre-line; } footer { padding-top: 1rem; padding-bottom: 2.5rem; font-size: .85rem; } a { color: var(--accent); }
@media (max-width: 52rem) { main { grid-template-columns: minmax(0, 1fr); } .key { margin-left: 0; } }
@media (prefers-reduced-motion: reduce) { #level { transition: none; } }
`;

const SCRIPT = `
const form = document.getElementById('row');
const show = (id, isShown) => { document.getElementById(id).hidden = !isShown; };
const text = (id, value) => { document.getElementById(id).textContent = value; };
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const row = {};
  for (const input of form.querySelectorAll('[data-column]')) {
    const value = input.value === '' ? null : input.dataset.kind === 'numeric' ? Number(input.value) : input.value;
    Object.defineProperty(row, input.dataset.column, { value, enumerable: true });
  }
  const headers = { 'content-type': 'application/json' };
  const key = document.getElementById('key').value;
  if (key) headers['x-api-key'] = key;
  try {
    const response = await fetch('/v1/explain?top=6', { method: 'POST', headers, body: JSON.stringify(row) });
    const body = await response.json();
    if (!response.ok) throw new Error((body.errors || []).map((e) => e.column + ' ' + e.detail).join('\\n') || body.detail);
    const [{ label, probability, prediction, reasons }] = body.explanations;
    const result = document.getElementById('result');
    result.classList.toggle('positive', prediction === result.dataset.positive);
    text('label', label);
    text('probability', (100 * probability).toFixed(1) + '%');
    text('call', prediction === label && !result.dataset.positive ? '' : prediction);
    document.getElementById('level').style.width = 100 * probability + '%';
    document.getElementById('reasons').replaceChildren(...reasons.map((reason) => {
      const item = document.createElement('li');
      item.className = reason.contribution > 0 ? 'up' : 'down';
      item.textContent = reason.text;
      return item;
    }));
    show('error', false);
    show('result', true);
  } catch (error) {
    text('error', error.message);
    show('error', true);
    show('result', false);
  }
});
form.addEventListener('reset', () => { show('result', false); show('error', false); });
`;
