import { ChurnError } from '@churn/core';
import type { ChartData } from '../charts/chart-data.js';
import type { TableProfile } from '../profile/table-profile.js';
import { InertSvg, type Svg } from '../svg/svg.js';
import { columnCards } from './column-cards.js';
import { type ModelComparison, modelComparison } from './comparison/model-comparison.js';
import { csvLink } from './csv-link.js';
import { type Decision, decisionPanel } from './decision/decision-panel.js';
import { breakable, type Html, html } from './html.js';
import { SCRIPT, SCRIPT_HASH, STYLE } from './page-parts.js';
import { type RowExplorer, rowExplorer } from './rows/row-explorer.js';

/** Wider pictures, in pixels, have a row of their own. */
const WIDE = 700;

/** Texts of more characters keep a width that can be read where the window is narrow. */
const LONG = 40;

/** The content of a report, as plain data; `createReport` turns it into an HTML page. */
export interface Report {
  readonly title: string;
  readonly subtitle?: string;
  readonly sections: readonly ReportSection[];
}

export interface ReportSection {
  readonly title: string;
  /** Whether the section is collapsed, except in print. */
  readonly folded?: boolean;
  readonly blocks: readonly ReportBlock[];
}

/** A part of a section; all text is shown as it is. */
export type ReportBlock =
  | { readonly kind: 'text'; readonly text: string }
  /** Key figures. */
  | { readonly kind: 'figures'; readonly figures: readonly KeyFigure[] }
  /** A sortable table; numbers are right-aligned. */
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly TableCell[])[];
      readonly caption?: string;
    }
  | ReportChart
  /** Charts of which the reader chooses one at a time; all are shown without scripts, and in print. */
  | {
      readonly kind: 'choice';
      /** What the reader chooses, such as `Column`. */
      readonly label: string;
      readonly charts: readonly (ReportChart & { readonly name: string })[];
    }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** An interactive panel for the decision threshold and costs, on held-out rows. */
  | { readonly kind: 'decision'; readonly decision: Decision }
  /** Single rows, which readers can expand, filter and sort. */
  | { readonly kind: 'rows'; readonly explorer: RowExplorer }
  /** Two models side by side, chosen by the reader. */
  | { readonly kind: 'comparison'; readonly comparison: ModelComparison }
  /** A card for each column of a profile. */
  | { readonly kind: 'columns'; readonly profile: TableProfile };

/** A text, a number, or a number with its own text, such as an amount of money. */
export type TableCell = string | number | { readonly value: number; readonly text: string };

/** A picture from `renderSvg`, its text alternative, and its data, which readers can save. */
export interface ReportChart {
  readonly kind: 'chart';
  readonly svg: Svg;
  readonly alt: string;
  /** With the name of its file, without an ending. */
  readonly data?: ChartData & { readonly name: string };
}

export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
}

/**
 * Creates a self-contained HTML page: no network, fonts or libraries needed. It supports light and dark mode, keyboard use, printing, and
 * works without scripts. The same report gives the same text.
 *
 * ```ts
 * await writeFile('report.html', createReport({ title: 'Churn', sections: [{ title: 'Data', blocks }] }));
 * ```
 *
 * @throws `invalid-data` if there is no section, or a chart is not from `renderSvg`.
 */
export function createReport({ title, subtitle, sections }: Report): string {
  if (sections.length === 0)
    throw new ChurnError('invalid-data', 'createReport: expected sections, got none');
  let charts = 0;
  const body = sections.map(({ title, folded, blocks }, i) => {
    const parts = besideEachOther(blocks, () => `c${++charts}-`);
    const heading = html`<h2 id="h${i + 1}">${title}</h2>`;
    const content = folded
      ? html`<details class="fold"><summary>${heading}</summary>${parts}</details>`
      : html`${heading}${parts}`;
    return html`<section id="s${i + 1}" aria-labelledby="h${i + 1}">${content}</section>
`;
  });
  const contents = sections.map((section, i) => html`<li><a href="#s${i + 1}">${section.title}</a></li>`);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src '${SCRIPT_HASH}'">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header><h1>${title}</h1>${subtitle === undefined ? undefined : html`<p>${subtitle}</p>`}<button id="theme" type="button">Dark or light</button></header>
<div class="page">
<nav aria-label="Contents"><ol>${contents}</ol></nav>
<main id="content" tabindex="-1">
${body}</main>
</div>
<div id="tip" role="status" hidden></div>
<script>${SCRIPT}</script>
</body>
</html>
`;
  return page.toString();
}

/** Charts that follow each other stand two in a row where there is room. */
function besideEachOther(blocks: readonly ReportBlock[], nextPrefix: () => string): Html[] {
  const parts: Html[] = [];
  let charts: Html[] = [];
  const flush = () => {
    if (charts.length > 0) parts.push(html`<div class="charts">${charts}</div>`);
    charts = [];
  };
  for (const block of blocks) {
    if (block.kind === 'chart') {
      charts.push(blockHtml(block, nextPrefix));
      continue;
    }
    flush();
    parts.push(blockHtml(block, nextPrefix));
  }
  flush();
  return parts;
}

function blockHtml(block: ReportBlock, nextPrefix: () => string): Html {
  switch (block.kind) {
    case 'text':
      return html`<p>${block.text}</p>`;
    case 'list':
      return html`<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>`;
    case 'figures':
      return html`<dl class="figures" style="--columns: ${figureColumns(block.figures.length)}">${block.figures.map(keyFigure)}</dl>`;
    case 'table':
      return tableHtml(block.head, block.rows, block.caption);
    case 'chart':
      return chartHtml(block, nextPrefix());
    case 'choice':
      return choiceHtml(block, nextPrefix);
    case 'decision':
      return decisionPanel(block.decision);
    case 'rows':
      return rowExplorer(block.explorer);
    case 'comparison':
      return modelComparison(block.comparison);
    case 'columns':
      return columnCards(block.profile);
  }
}

function chartHtml({ svg, alt, data }: ReportChart, prefix: string): Html {
  const picture = inlineSvg(svg, prefix);
  const width = svg.width > WIDE ? html` class="wide"` : undefined;
  const link =
    data && data.rows.length > 0
      ? html`<figcaption>${csvLink(data, data.name, alt)}</figcaption>`
      : undefined;
  return html`<figure${width}><div class="chart" role="img" aria-label="${alt}">${picture}</div>${link}</figure>`;
}

function choiceHtml({ label, charts }: ReportBlock & { kind: 'choice' }, nextPrefix: () => string): Html {
  const names = [...new Set(charts.map(({ name }) => name))];
  const places = charts.map(({ name }) => names.indexOf(name)).join(' ');
  const options = names.map((name, i) => html`<option value="${i}">${name}</option>`);
  const figures = charts.map((chart) => chartHtml(chart, nextPrefix()));
  return html`<div class="choice" data-places="${places}"><p class="choices" hidden><label>${label} <select>${options}</select></label></p><div class="charts">${figures}</div></div>`;
}

/** How many figures stand in a row where there is room for five: rows are as full as they can be. */
function figureColumns(count: number): number {
  return Math.ceil(count / Math.ceil(count / 5));
}

function keyFigure({ label, value, note }: KeyFigure): Html {
  const small = note === undefined ? undefined : html`<small>${note}</small>`;
  return html`<div><dt>${label}</dt><dd>${breakable(value)}${small}</dd></div>`;
}

function tableHtml(
  head: readonly string[],
  rows: readonly (readonly TableCell[])[],
  caption: string | undefined,
): Html {
  const isNumber = head.map((_, j) => rows.length > 0 && rows.every((row) => typeof row[j] !== 'string'));
  const numeric = isNumber.map((is) => (is ? html` class="n"` : undefined));
  const cell = (given: TableCell, j: number) => {
    if (typeof given === 'string')
      return html`<td${given.length > LONG ? html` class="t"` : undefined}>${given}</td>`;
    const { value, text } = typeof given === 'number' ? { value: given, text: numberText(given) } : given;
    return html`<td${numeric[j]} data-value="${value}">${text}</td>`;
  };
  const heads = head.map(
    (name, j) => html`<th scope="col"${numeric[j]}><button type="button">${name}</button></th>`,
  );
  const lines = rows.map((row) => html`<tr>${row.map(cell)}</tr>`);
  const title = caption === undefined ? undefined : html`<caption><span>${caption}</span></caption>`;
  return html`<div class="scroll" tabindex="0"><table>${title}<thead><tr>${heads}</tr></thead><tbody>${lines}</tbody></table></div>`;
}

function numberText(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(4);
}

function inlineSvg(svg: Svg, prefix: string): Html {
  if (InertSvg.is(svg)) return svg.inPage(prefix);
  throw new ChurnError('invalid-data', 'createReport: expected a picture of renderSvg as the svg of a chart');
}
