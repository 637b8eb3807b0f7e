import type { MarkdownEnv } from 'vitepress';

/**
 * What the search knows of a page, as HTML. Of a page of the API reference that is its name and the first paragraph: thousands of headings
 * called "Returns" would make the index large and its answers poor.
 */
export async function searchable(
  source: string,
  env: MarkdownEnv,
  markdown: { renderAsync: (source: string, env: MarkdownEnv) => Promise<string> },
): Promise<string> {
  if (!env.relativePath.startsWith('docs/api/')) return markdown.renderAsync(source, env);
  const [title = ''] = /^# .*$/m.exec(source) ?? [];
  const [summary = ''] = source.split(/^# .*$/m)[1]?.match(/^(?![>#|*<`-])\S.*(?:\n\S.*)*/m) ?? [];
  return markdown.renderAsync(`${title}\n\n${summary}\n`, env);
}
