import { ChurnError } from '@churn/core';
import type { TableProfile } from '../profile/profile.js';
import { columnCards } from './column-cards.js';
import { escapeHtml, escapeName } from './html.js';
import { SCRIPT, STYLE } from './page-parts.js';

/** What a report is made of: plain data, written down as one HTML page by `createReport`. */
export interface Report {
  readonly title: string;
  readonly subtitle?: string;
  readonly sections: readonly ReportSection[];
}

export interface ReportSection {
  readonly title: string;
  readonly blocks: readonly ReportBlock[];
}

/** A part of a section; all its text is shown as it is. */
export type ReportBlock =
  | { readonly kind: 'text'; readonly text: string }
  /** Figures that are to be seen at once. */
  | { readonly kind: 'figures'; readonly figures: readonly KeyFigure[] }
  /** A table that can be sorted; numbers are set to the right. */
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly (string | number)[])[];
      readonly caption?: string;
    }
  /** A picture that `renderSvg` gave, and what it shows in words. */
  | { readonly kind: 'chart'; readonly svg: string; readonly alt: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Each column of a profile on a card. */
  | { readonly kind: 'columns'; readonly profile: TableProfile };

export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
}

/**
 * One HTML page that needs nothing else: no network, no fonts, no library. It follows the reader's choice of light or dark, works
 * without a mouse and without scripts, and prints. The same report gives the same text.
 *
 * ```ts
 * await writeFile('report.html', createReport({ title: 'Churn', sections: [{ title: 'Data', blocks }] }));
 * ```
 *
 * @throws `invalid-data` where there is no section, or what should be a picture is none.
 */
export function createReport({ title, subtitle, sections }: Report): string {
  if (sections.length === 0)
    throw new ChurnError('invalid-data', 'createReport: expected sections, got none');
  let charts = 0;
  const body = sections.map((section, i) => {
    const blocks = section.blocks.map((block) => blockHtml(block, () => `c${++charts}-`));
    return `<section id="s${i + 1}"><h2>${escapeHtml(section.title)}</h2>${blocks.join('')}</section>`;
  });
  const contents = sections.map(
    (section, i) => `<li><a href="#s${i + 1}">${escapeHtml(section.title)}</a></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header><h1>${escapeHtml(title)}</h1>${subtitle === undefined ? '' : `<p>${escapeHtml(subtitle)}</p>`}<button id="theme" type="button">Dark or light</button></header>
<div class="page">
<nav aria-label="Contents"><ol>${contents.join('')}</ol></nav>
<main id="content" tabindex="-1">
${body.join('\n')}
</main>
</div>
<div id="tip" role="status" hidden></div>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function blockHtml(block: ReportBlock, nextPrefix: () => string): string {
  switch (block.kind) {
    case 'text':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
    case 'figures':
      return `<dl class="figures">${block.figures.map(keyFigure).join('')}</dl>`;
    case 'table':
      return tableHtml(block.head, block.rows, block.caption);
    case 'chart':
      return `<figure><div class="chart" role="img" aria-label="${escapeHtml(block.alt)}">${inlineSvg(block.svg, nextPrefix())}</div></figure>`;
    case 'columns':
      return columnCards(block.profile);
  }
}

function keyFigure({ label, value, note }: KeyFigure): string {
  const small = note === undefined ? '' : `<small>${escapeHtml(note)}</small>`;
  return `<div><dt>${escapeHtml(label)}</dt><dd>${escapeName(value)}${small}</dd></div>`;
}

function tableHtml(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  caption: string | undefined,
): string {
  const isNumber = head.map((_, j) => rows.length > 0 && rows.every((row) => typeof row[j] === 'number'));
  const cell = (value: string | number, j: number) => {
    if (typeof value === 'string') return `<td>${escapeHtml(value)}</td>`;
    const text = Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(4);
    return `<td${isNumber[j] ? ' class="n"' : ''} data-value="${value}">${text}</td>`;
  };
  const heads = head.map(
    (name, j) =>
      `<th scope="col"${isNumber[j] ? ' class="n"' : ''}><button type="button">${escapeHtml(name)}</button></th>`,
  );
  const lines = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`);
  const title = caption === undefined ? '' : `<caption>${escapeHtml(caption)}</caption>`;
  return `<div class="scroll" tabindex="0"><table>${title}<thead><tr>${heads.join('')}</tr></thead><tbody>${lines.join('')}</tbody></table></div>`;
}

/** A picture without its white ground, and with names of its own for what it refers to. */
function inlineSvg(svg: string, prefix: string): string {
  if (!/^<svg[\s>]/.test(svg) || /<script|<foreignObject|\son[a-z]+\s*=/i.test(svg)) {
    throw new ChurnError(
      'invalid-data',
      'createReport: expected a picture of renderSvg as the svg of a chart',
    );
  }
  return svg
    .replace(/^(<svg[^>]*>)<rect[^>]*fill="#ffffff"[^>]*\/>/, '$1')
    .replace(/(id="|url\(#)(clip|gradient)/g, `$1${prefix}$2`);
}
