import { visibleLines, visibleText } from '@churn/core';

/** A fragment of Markdown. Only the functions of this file create it, so that text from data is never interpreted as markup. */
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

/** The values of `markdown`: text and numbers, which it escapes, and Markdown, which it keeps. */
export type MarkdownValue = string | number | Markdown;

/** A template tag for Markdown: the template is markup, and inserted text is escaped and kept on one line. */
export function markdown(markup: TemplateStringsArray, ...values: readonly MarkdownValue[]): Markdown {
  return new Markdown(markup.map((piece, i) => (i === 0 ? piece : textOf(values[i - 1]) + piece)).join(''));
}

/** Joins fragments with a separator. */
export function joined(pieces: readonly MarkdownValue[], separator: string): Markdown {
  return new Markdown(pieces.map(textOf).join(separator));
}

/** A code block, which preserves lines and spaces. */
export function codeBlock(text: string): Markdown {
  const shown = visibleLines(text);
  const runs = shown.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)));
  return new Markdown(`${fence}\n${shown.replace(/\n$/, '')}\n${fence}`);
}

/** A table; its texts are escaped. */
export function table(head: readonly MarkdownValue[], rows: readonly (readonly MarkdownValue[])[]): Markdown {
  const line = (cells: readonly MarkdownValue[]) => `| ${cells.map(textOf).join(' | ')} |`;
  return new Markdown([line(head), line(head.map(() => new Markdown('---'))), ...rows.map(line)].join('\n'));
}

function textOf(value: MarkdownValue): string {
  return value instanceof Markdown ? value.toString() : escapeMarkdown(String(value));
}

/** The characters that start markup anywhere in a line, including HTML, tables, addresses, formulas and mentions, which GitHub supports. */
const MARKUP = /[\\`*[\]<>|~&$#!@]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:(?=\/\/)|(?<=www)\./giu;

function escapeMarkdown(text: string): string {
  return visibleText(text).replace(MARKUP, '\\$&');
}
