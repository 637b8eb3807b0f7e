/**
 * The page where a person fills in a customer and sees what is predicted and the reasons; it needs nothing but this service. It holds
 * nothing of the model: its script asks for that, with the key where there is one.
 */
export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Scoring</title>
<link rel="stylesheet" href="/page.css">
<script src="/page.js" defer></script>
</head>
<body>
<header>
  <h1 id="title">Scoring</h1>
  <p id="hint"></p>
</header>
<main>
  <noscript><p>This page needs JavaScript.</p></noscript>
  <form id="unlock" class="actions" hidden>
    <label>API key <input id="key" type="password" autocomplete="off" required></label>
    <button type="submit">Open</button>
  </form>
  <form id="row" autocomplete="off" hidden>
    <div class="fields" id="fields"></div>
    <p class="actions">
      <button type="submit">Score</button>
      <button type="reset" class="quiet">Clear</button>
    </p>
  </form>
  <section id="result" aria-live="polite" hidden>
    <p class="label" id="label"></p>
    <p class="probability"><output id="probability"></output> <span id="call"></span></p>
    <div class="bar" id="bar"><div id="level"></div><i id="threshold" hidden></i></div>
    <ul id="warnings" hidden></ul>
    <h2>Why</h2>
    <ol id="reasons"></ol>
  </section>
  <p id="error" role="alert" hidden></p>
</main>
<footer><span id="model" hidden>Model <code id="hash"></code> · </span><span id="document" hidden><a href="/openapi.json">OpenAPI</a> · </span><a href="/metrics">metrics</a></footer>
</body>
</html>
`;

export const STYLE = `
:root { color-scheme: light dark; --text: #1c2430; --soft: #5b6675; --line: #d9dee5; --page: #f5f7f9; --card: #fff; --accent: #0072b2; --warm: #d55e00; }
@media (prefers-color-scheme: dark) { :root { --text: #e7ebf0; --soft: #9aa6b4; --line: #343d49; --page: #14181d; --card: #1d232b; --accent: #56b4e9; --warm: #f0883e; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; padding-bottom: 1rem; } h1 { margin: 0; font-size: 1.75rem; } header p, footer { color: var(--soft); margin-top: .25rem; }
main { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1.5rem; align-items: start; }
form, #result, #error { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem; margin: 0; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .75rem 1rem; }
label { display: block; font-size: .85rem; color: var(--soft); }
input, select { width: 100%; padding: .45rem .6rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 7px; }
option { color: #1c2430; background: #fff; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; } p.actions { margin: 1.25rem 0 0; }
#unlock input { display: block; width: 16rem; } [hidden] { display: none !important; }
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
#warnings { margin: 1rem 0 0; padding: .6rem .75rem .6rem 1.8rem; border: 1px solid var(--warm); border-radius: 8px; font-size: .9rem; }
#error { border-color: var(--warm); white-space: pre-line; } footer { padding-top: 1rem; padding-bottom: 2.5rem; font-size: .85rem; } a { color: var(--accent); }
@media (max-width: 52rem) { main { grid-template-columns: minmax(0, 1fr); } }
@media (prefers-reduced-motion: reduce) { #level { transition: none; } }
`;

export const SCRIPT = `
'use strict';
const at = (id) => document.getElementById(id);
const show = (id, isShown) => { at(id).hidden = !isShown; };
const text = (id, value) => { at(id).textContent = value; };
const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
let key = '';
let model;

/** Asks the service; its answer, or an error in words. */
async function ask(url, row) {
  const headers = key ? { 'x-api-key': key } : {};
  if (row) headers['content-type'] = 'application/json';
  const response = await fetch(url, { headers, ...(row && { method: 'POST', body: JSON.stringify(row) }) });
  const body = await response.json();
  if (response.ok) return body;
  const wrong = (body.errors || []).map(({ column, detail }) => (column ? column + ' ' : '') + detail);
  throw Object.assign(new Error(wrong.join('\\n') || body.detail), { status: response.status });
}

function fail(error) {
  text('error', error.message);
  show('error', true);
  show('result', false);
}

function field({ name, kind, average, levels }, index) {
  const id = 'c' + index;
  const input = levels
    ? make('select', { id }, make('option', { value: '' }, 'unknown'), ...levels.map((level) => make('option', { value: level }, level)))
    : make('input', { id, type: kind === 'numeric' ? 'number' : 'text', step: 'any' });
  if (!levels) input.placeholder = average === undefined ? 'unknown' : 'average ' + Number(average.toPrecision(4));
  return make('div', {}, make('label', { htmlFor: id }, name.replaceAll('_', ' ')), input);
}

function build() {
  const { predicts, task, columns, hash, threshold = null } = model;
  document.title = 'Scoring: ' + predicts;
  text('title', document.title);
  at('fields').replaceChildren(...columns.map(field));
  text('hash', hash.slice(0, 12));
  if (threshold !== null) {
    at('threshold').style.left = 100 * Math.min(threshold, 1) + '%';
    at('threshold').title = 'threshold ' + threshold.toFixed(3);
  }
  show('threshold', threshold !== null);
  show('bar', task !== 'value');
  show('model', true);
  // A link sends no key.
  show('document', !key);
  show('unlock', false);
  show('row', true);
  text('hint', 'Fill in what is known; what is left empty counts as unknown.');
}

const short = (value) => value.toLocaleString('en', { maximumSignificantDigits: 4 });

function showValue({ prediction, low, high }) {
  text('label', 'Predicted ' + model.predicts.replaceAll('_', ' '));
  text('probability', short(prediction));
  text('call', low === undefined ? '' : short(low) + ' to ' + short(high));
}

function showTimes({ within, expectedTime, medianTime }) {
  const horizon = model.horizons[model.horizons.length - 1];
  const median = medianTime === null ? '' : ', median ' + short(medianTime);
  text('label', 'Probability of ' + model.predicts.replaceAll('_', ' ') + ' within ' + horizon);
  text('probability', (100 * within[horizon]).toFixed(1) + '%');
  text('call', 'expected after ' + short(expectedTime) + median);
  at('level').style.width = 100 * within[horizon] + '%';
}

function showClass({ label, probability, prediction }) {
  const { classes } = model;
  const isBinary = classes.length === 2;
  at('result').classList.toggle('positive', isBinary && prediction === classes[1]);
  text('label', 'Probability of “' + label + '”');
  text('probability', (100 * probability).toFixed(1) + '%');
  text('call', prediction === label && !isBinary ? '' : prediction);
  at('level').style.width = 100 * probability + '%';
}

async function open() {
  try {
    model = await ask('/v1/model');
    show('error', false);
    build();
    if (key) at('c0').focus();
  } catch (error) {
    if (error.status === 401) {
      show('unlock', true);
      text('hint', 'This service answers to whoever has its key.');
      at('key').focus();
    }
    if (error.status !== 401 || key) fail(error.status === 401 ? new Error('This is not the API key.') : error);
  }
}

at('unlock').addEventListener('submit', (event) => {
  event.preventDefault();
  key = at('key').value;
  open();
});
at('row').addEventListener('submit', async (event) => {
  event.preventDefault();
  const row = {};
  model.columns.forEach(({ name, kind }, index) => {
    const { value } = at('c' + index);
    const cell = value === '' ? null : kind === 'numeric' ? Number(value) : value;
    Object.defineProperty(row, name, { value: cell, enumerable: true });
  });
  try {
    const { explanations } = await ask('/v1/explain?top=6', row);
    const [explained] = explanations;
    const { reasons, warnings = [] } = explained;
    ({ value: showValue, survival: showTimes }[model.task] || showClass)(explained);
    at('warnings').replaceChildren(...warnings.map((warning) => make('li', {}, warning.text)));
    show('warnings', warnings.length > 0);
    at('reasons').replaceChildren(...reasons.map((reason) =>
      make('li', { className: reason.contribution > 0 ? 'up' : 'down' }, reason.text)));
    show('error', false);
    show('result', true);
  } catch (error) {
    fail(error);
  }
});
at('row').addEventListener('reset', () => { show('result', false); show('error', false); });
open();
`;
