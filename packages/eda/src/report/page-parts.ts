import { COMPARISON_SCRIPT } from './comparison/comparison-script.js';
import { DECISION_ARITHMETIC, DECISION_SCRIPT } from './decision/decision-script.js';
import { html } from './html.js';
import { ROWS_SCRIPT } from './rows/rows-script.js';

/** The look of a report. */
export const STYLE = html`
:root { --text: #1c2430; --soft: #596474; --line: #dde2e8; --page: #f6f8fa; --card: #fff; --accent: #0072b2; --warm: #d55e00; --chart: none; color-scheme: light; }
:root[data-theme=dark] { --text: #e6eaf0; --soft: #9aa6b5; --line: #333c48; --page: #12161b; --card: #1b2129; --accent: #56b4e9; --warm: #e69f00; --chart: invert(.92) hue-rotate(180deg); color-scheme: dark; }
@media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { --text: #e6eaf0; --soft: #9aa6b5; --line: #333c48; --page: #12161b; --card: #1b2129; --accent: #56b4e9; --warm: #e69f00; --chart: invert(.92) hue-rotate(180deg); color-scheme: dark; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.6 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 2; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; } main:focus { outline: none; }
header { display: grid; grid-template: "title theme" auto "lead lead" auto / minmax(0, 1fr) auto; column-gap: 1.5rem; max-width: 90rem; margin: 0 auto; padding: 2rem 1.5rem 1.25rem; } h1 { grid-area: title; margin: 0; font-size: 2rem; line-height: 1.25; } header p { grid-area: lead; margin: .35rem 0 0; color: var(--soft); max-width: 60rem; } h1, header p { overflow-wrap: anywhere; }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; }
#theme { grid-area: theme; align-self: start; margin-top: .3rem; white-space: nowrap; font-size: .85rem; border: 1px solid var(--line); border-radius: 999px; padding: .25rem .9rem; background: var(--card); }
.page { max-width: 90rem; margin: 0 auto; padding: 0 1.5rem 4rem; display: grid; grid-template-columns: 13rem minmax(0, 1fr); gap: 2.5rem; }
nav ol { list-style: none; margin: 0; padding: 0; position: sticky; top: 1.5rem; } nav a { display: block; padding: .3rem .75rem; color: var(--soft); text-decoration: none; border-left: 2px solid var(--line); } nav a:hover { color: var(--text); border-color: var(--accent); }
section { margin-bottom: 3.5rem; } summary { cursor: pointer; } summary h2 { display: inline; } .fold > summary { padding: .25rem 0; } .fold[open] > summary { margin-bottom: 1rem; } h2 { font-size: 1.4rem; margin: 0 0 1rem; } h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
section > p { max-width: 48rem; } ul { padding-left: 1.2rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 1rem; margin: 0 0 1.5rem; }
.figures > div, article, figure, .scroll { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.figures > div { padding: .9rem 1.1rem; } dt { color: var(--soft); font-size: .85rem; } dd { margin: 0; } .figures dd { font-size: 1.5rem; font-weight: 650; line-height: 1.35; overflow-wrap: anywhere; } small { display: block; font-size: .8rem; font-weight: 400; color: var(--soft); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1rem; margin: 0 0 1.25rem; } figure { margin: 0; padding: .5rem; display: flex; flex-direction: column; min-width: 0; } figure.wide { grid-column: 1 / -1; } figcaption { margin-top: auto; padding: .25rem .5rem; text-align: right; font-size: .8rem; } a { color: var(--accent); } .chart { filter: var(--chart); width: fit-content; margin: 0 auto; } .chart svg { display: block; max-width: 100%; height: auto; }
.chart .mark-line path:hover { stroke-width: 4; }
.scroll { overflow-x: auto; margin: 0 0 1.25rem; container-type: inline-size; } table { border-collapse: collapse; width: 100%; font-size: .92rem; } caption { text-align: left; padding: .75rem 1rem 0; color: var(--soft); } caption span { display: block; position: sticky; left: 1rem; max-width: calc(100cqw - 2rem); }
th, td { text-align: left; padding: .5rem 1rem; border-bottom: 1px solid var(--line); vertical-align: top; } tbody tr:last-child td { border-bottom: 0; } th { font-weight: 600; } th button { font-weight: 600; text-align: inherit; } th[aria-sort] button::after { content: " ↑"; } th[aria-sort=descending] button::after { content: " ↓"; } .n { text-align: right; font-variant-numeric: tabular-nums; } td.t { min-width: 15rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem; } article { padding: 1rem 1.1rem; } .kind { margin: 0 0 .6rem; font-size: .8rem; color: var(--soft); }
article dl { margin: .75rem 0 0; font-size: .85rem; } article dl div { display: flex; justify-content: space-between; gap: 1rem; } article dd { text-align: right; }
.bars { display: block; width: 100%; height: 3rem; } .bars path { fill: var(--accent); opacity: .75; }
.levels { list-style: none; margin: 0; padding: 0; font-size: .82rem; } .levels li { position: relative; display: flex; justify-content: space-between; gap: .75rem; padding: .1rem 0 .3rem; } .levels span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .levels b { font-weight: 400; color: var(--soft); } .levels i { position: absolute; left: 0; bottom: 0; height: 3px; border-radius: 2px; background: var(--accent); opacity: .75; }
[hidden] { display: none !important; } select, input[type=number] { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .2rem .4rem; max-width: 100%; } .choices { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; max-width: none; margin: 0 0 1rem; } .choices label { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; } .quiet, .axis, .count { color: var(--soft); font-size: .85rem; margin: 0 0 .5rem; }
.decision { display: grid; grid-template-columns: minmax(0, 20rem) minmax(0, 1fr); gap: 1.25rem; margin: 0 0 1.25rem; } .controls, .row, .plot { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem; } .controls { align-self: start; } .controls label { display: grid; grid-template: "label label" auto "range number" auto / minmax(0, 1fr) 6rem; gap: .1rem .75rem; margin-bottom: .75rem; } .controls label span { grid-area: label; font-size: .85rem; color: var(--soft); } input[type=range] { width: 100%; accent-color: var(--accent); } [data-do=best], [data-do=reset] { border: 1px solid var(--line); border-radius: 999px; padding: .25rem .9rem; margin: .25rem 0 0; } .controls p { margin: 0; }
.outcome { min-width: 0; } .outcome[class]:first-child, .controls[hidden] + .outcome { grid-column: 1 / -1; } .outcome tbody th, .comparison tbody th { font-weight: 400; border-bottom: 1px solid var(--line); } tbody tr:last-child th[scope=row] { border-bottom: 0; } .profit { position: relative; } .profit svg, .plot svg { display: block; width: 100%; overflow: visible; } .profit svg { max-height: 15rem; } .plot svg { max-width: 22rem; margin: 0 auto; } .profit > span, .ends { font-size: .8rem; color: var(--soft); } .ends { display: flex; justify-content: space-between; } .zero { stroke: var(--line); fill: none; } .curve { stroke: var(--accent); stroke-width: 2; fill: none; vector-effect: non-scaling-stroke; } .chosen { stroke: var(--text); stroke-dasharray: 4 4; } .best { stroke: var(--warm); stroke-width: 10; stroke-linecap: round; }
.rows { display: grid; gap: .5rem; max-height: 36rem; overflow-y: auto; padding: 3px; } .row { padding: 0; } .row > summary { padding: .6rem 1rem; overflow-wrap: anywhere; } .row em { font-style: normal; color: var(--soft); } .row p, .row ul { margin: .25rem 1rem .5rem; } .values { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 0 1.5rem; margin: .5rem 1rem 1rem; font-size: .85rem; } .values div { display: flex; justify-content: space-between; gap: 1rem; border-bottom: 1px solid var(--line); } .values dt, .values dd { min-width: 0; overflow-wrap: anywhere; } .values dd { text-align: right; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; margin: 0 0 1.25rem; } .curve.side1 { stroke: var(--warm); } .key { display: inline-block; width: 1.2rem; height: 3px; margin-right: .4rem; vertical-align: middle; background: var(--accent); } .key.side1 { background: var(--warm); }
#tip { position: fixed; z-index: 3; max-width: 22rem; pointer-events: none; background: var(--text); color: var(--card); font-size: .82rem; line-height: 1.4; padding: .4rem .7rem; border-radius: 7px; white-space: pre-line; }
@media screen and (min-width: 60.01rem) { .figures[style] { grid-template-columns: repeat(var(--columns), minmax(0, 1fr)); } }
@media (max-width: 60rem) { .decision { grid-template-columns: minmax(0, 1fr); } .page { grid-template-columns: minmax(0, 1fr); gap: 1.5rem; } nav ol { position: static; display: flex; flex-wrap: wrap; gap: .25rem; } nav a { border-left: 0; border-bottom: 2px solid var(--line); } }
@media (max-width: 40rem) { .figures { grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .6rem; } .figures > div { padding: .6rem .8rem; } .figures dd { font-size: 1.2rem; } header { grid-template: "theme" auto "title" auto "lead" auto / minmax(0, 1fr); padding-top: 1rem; } h1 { font-size: 1.6rem; } #theme { justify-self: end; margin: 0 0 .75rem; } }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@page { margin: 14mm; }
@media print {
.choices, .controls p, input[type=range] { display: none; } .controls { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0 1rem; margin-bottom: .75rem; } .controls label { grid-template: "label number" auto / minmax(0, 1fr) 5rem; } .choice figure[hidden] { display: block !important; } .rows { max-height: none; } .decision { display: block; } :root:root:root { --text: #000; --soft: #444; --line: #bbb; --page: #fff; --card: #fff; --accent: #0072b2; --warm: #d55e00; --chart: none; color-scheme: light; }
body { font-size: 10pt; } nav, #theme, .skip, #tip { display: none; } .page { display: block; max-width: none; padding: 0; } header { max-width: none; padding: 0 0 1rem; }
section { margin-bottom: 1.5rem; } figure, article, .figures > div, tr, section > p { break-inside: avoid; } h2, h3, caption, section > p { break-after: avoid; } thead { break-inside: avoid; } tbody tr:nth-child(-n+2) { break-before: avoid; } tbody tr:last-child { break-before: avoid; }
.scroll, figure { overflow: visible; } .scroll { border: 0; container-type: normal; } caption span { max-width: none; } table { font-size: 9pt; } th, td { padding: .25rem .5rem; overflow-wrap: break-word; } .n { white-space: nowrap; } caption { padding: 0 .5rem .25rem; } th[aria-sort] button::after { content: ""; } th button { display: contents; }
figure { border: 0; padding: 0; } .charts { grid-template-columns: 1fr 1fr; gap: .75rem; } figcaption { display: none; } .fold::details-content { content-visibility: visible; display: block; }  .chart svg { max-height: 290mm; } .cards { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .6rem; } .figures { grid-template-columns: repeat(4, minmax(0, 1fr)); gap: .6rem; } .figures dd { font-size: 1.15rem; }
.levels i, .bars path { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

/** What a report does where scripts run: light and dark, folding, sorting, what a mark of a chart stands for, and what readers try out. */
export const SCRIPT = html`
'use strict';
const root = document.documentElement;
document.getElementById('theme').addEventListener('click', () => {
  const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = isDark ? 'light' : 'dark';
});
const folds = [...document.querySelectorAll('.fold')];
let unfolded = [];
addEventListener('beforeprint', () => { unfolded = folds.filter((each) => !each.open); for (const each of unfolded) each.open = true; });
addEventListener('afterprint', () => { for (const each of unfolded) each.open = false; });
const unfold = () => { const fold = document.getElementById(location.hash.slice(1))?.querySelector('.fold'); if (fold) fold.open = true; };
addEventListener('hashchange', unfold);
for (const link of document.querySelectorAll('nav a')) link.addEventListener('click', () => setTimeout(unfold));
unfold();
for (const table of document.querySelectorAll('table:not(.plain)')) {
  const heads = [...table.querySelectorAll('th')];
  heads.forEach((head, column) => head.querySelector('button').addEventListener('click', () => {
    const isUp = head.getAttribute('aria-sort') !== 'ascending';
    for (const each of heads) each.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', isUp ? 'ascending' : 'descending');
    const key = (row) => { const cell = row.cells[column]; return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value); };
    const rows = [...table.tBodies[0].rows].sort((a, b) => {
      const [x, y] = [key(a), key(b)];
      const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y));
      return isUp ? order : -order;
    });
    table.tBodies[0].append(...rows);
  }));
}
const tip = document.getElementById('tip');
document.addEventListener('pointermove', (event) => {
  const mark = event.target instanceof Element ? event.target.closest('.chart [aria-roledescription$=mark][aria-label]') : null;
  tip.hidden = !mark;
  if (!mark) return;
  tip.textContent = mark.getAttribute('aria-label').replaceAll('; ', '\\n');
  tip.style.left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8) + 'px';
  tip.style.top = Math.min(event.clientY + 14, innerHeight - tip.offsetHeight - 8) + 'px';
});
for (const choice of document.querySelectorAll('.choice')) {
  const select = choice.querySelector('select');
  const places = choice.dataset.places.split(' ');
  const show = () => choice.querySelectorAll('figure').forEach((figure, i) => { figure.hidden = places[i] !== select.value; });
  select.addEventListener('change', show);
  choice.querySelector('.choices').hidden = false;
  show();
}
${DECISION_ARITHMETIC}${DECISION_SCRIPT}${ROWS_SCRIPT}${COMPARISON_SCRIPT}`;

/** The one script that a page runs, whatever else may come to stand in it. */
export const SCRIPT_HASH = 'sha256-i9diGTgyxwWQNxWtkz/tDipuSZeKgodLzhIR3voFiho=';
