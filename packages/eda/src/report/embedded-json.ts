import { EscapedHtml, type Html } from './html.js';

/** Plain data for the script of a page, in which no text ends the element that holds it. */
export function embeddedJson(data: unknown): Html {
  return new EscapedHtml(
    `<script type="application/json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`,
  );
}
