import { visibleLines, visibleText } from '@churn/core';

/** A piece of Markdown. Only the functions of this file make one, so that no text of the data is ever taken for markup. */
export class Markdown {
  readonly #text: string;

  /** Use `markdown`. */
  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What `markdown` takes: text and numbers, which it escapes, and Markdown, which it keeps. */
export type MarkdownValue = string | number | Markdown;

/** Markdown from a template: what is written in it is markup, and every text put into it stays text, on one line. */
export function markdown(markup: TemplateStringsArray, ...values: readonly MarkdownValue[]): Markdown {
  return new Markdown(markup.map((piece, i) => (i === 0 ? piece : textOf(values[i - 1]) + piece)).join(''));
}

/** Pieces one after another, each with what `separator` says before the next. */
export function joined(pieces: readonly MarkdownValue[], separator: string): Markdown {
  return new Markdown(pieces.map(textOf).join(separator));
}

/** Text in a paragraph of its own, each line and space of it as it is. */
export function codeBlock(text: string): Markdown {
  const shown = visibleLines(text);
  const runs = shown.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)));
  return new Markdown(`${fence}\n${shown.replace(/\n$/, '')}\n${fence}`);
}

/** A table; its texts stay text. */
export function table(head: readonly MarkdownValue[], rows: readonly (readonly MarkdownValue[])[]): Markdown {
  const line = (cells: readonly MarkdownValue[]) => `| ${cells.map(textOf).join(' | ')} |`;
  return new Markdown([line(head), line(head.map(() => new Markdown('---'))), ...rows.map(line)].join('\n'));
}

function textOf(value: MarkdownValue): string {
  return value instanceof Markdown ? value.toString() : escapeMarkdown(String(value));
}

/** What begins markup anywhere in a line: also HTML, tables, addresses, formulas and mentions, which GitHub knows. */
const MARKUP = /[\\`*[\]<>|~&$#!@]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:(?=\/\/)|(?<=www)\./giu;

function escapeMarkdown(text: string): string {
  return visibleText(text).replace(MARKUP, '\\$&');
}
