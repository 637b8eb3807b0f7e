import type { DefaultTheme } from 'vitepress';
import { firstParagraph } from './summary.js';

type Render = NonNullable<DefaultTheme.LocalSearchOptions['_render']>;

/**
 * What the search knows of a page, as HTML. Of a page of the API reference that is its name and the first paragraph: thousands of headings
 * called "Returns" would make the index large and its answers poor.
 */
export const searchable: Render = (source, env, markdown) => {
  if (!env.relativePath.startsWith('docs/api/')) return markdown.render(source, env);
  const [title = ''] = /^# .*$/m.exec(source) ?? [];
  return markdown.render(`${title}\n\n${firstParagraph(source)}\n`, env);
};
