/** A name as it stands in HTML: a line may end after each `_` of it. */
export function escapeName(name: string): string {
  return escapeHtml(name).replaceAll('_', '_<wbr>');
}

/** Text as it stands in HTML, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
