import { visibleLines } from '@churn/core';

/** A piece of HTML. It can only be created by `html`, so that data is never interpreted as markup. */
export type Html = EscapedHtml;

/** What is outside of this package cannot make one. */
export class EscapedHtml {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What `html` takes: text and numbers, which it escapes; HTML, which it keeps; lists of these; and nothing. */
export type HtmlValue = string | number | Html | readonly HtmlValue[] | undefined;

/**
 * A template tag for HTML: the template is markup, and every inserted text is escaped.
 *
 * ```ts
 * html`<p title="${title}">${title}</p>`; // the title may be <script>
 * ```
 *
 * Text may be inserted in content and in quoted text or class attributes, but not in scripts, styles or addresses.
 */
export function html(markup: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new EscapedHtml(
    markup.map((piece, i) => (i === 0 ? piece : textOf(values[i - 1]) + piece)).join(''),
  );
}

function textOf(value: HtmlValue): string {
  if (value === undefined) return '';
  if (value instanceof EscapedHtml) return value.toString();
  return typeof value === 'object' ? value.map(textOf).join('') : escapeHtml(String(value));
}

/** A name as it stands in HTML: a line may end after each `_` of it. */
export function breakable(name: string): Html {
  return html`${name.split('_').map((part, i) => (i === 0 ? part : html`_<wbr>${part}`))}`;
}

/** Text as it stands in HTML and XML, in content and in quoted attributes; what neither can hold is shown as signs. */
export function escapeHtml(text: string): string {
  return visibleLines(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
