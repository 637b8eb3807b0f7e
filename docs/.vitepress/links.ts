import { posix } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { addressOf, pageOf, ROOT, targetOf } from './pages.js';

/**
 * Makes links of sources, which lead from file to file as on the host of the repository, lead from page to page; a link to a file that is
 * no page leads to that host.
 *
 * @throws Error if a link leads to no file, naming both.
 */
export function linkPages(repository: string): (markdown: MarkdownRenderer) => void {
  return (markdown) => {
    markdown.core.ruler.push('link-pages', ({ tokens, env }) => {
      const source = posix.relative(ROOT, env.realPath ?? env.path);
      for (const token of tokens.flatMap(({ children }) => children ?? [])) {
        const href = token.type === 'link_open' ? token.attrGet('href') : null;
        if (href && !/^([\w+.-]+:|[#/])/.test(href))
          token.attrSet('href', siteLink(source, href, repository));
      }
    });
  };
}

function siteLink(source: string, href: string, repository: string): string {
  const [, path = '', anchor = ''] = /^([^#]*)(#.*)?$/.exec(href) ?? [];
  const target = targetOf(source, path);
  if (target === undefined) throw new Error(`${source}: the link ${href} leads to no file`);
  if (pageOf(target)) return addressOf(target) + anchor;
  const kind = posix.extname(target) || /(LICENSE|Dockerfile)$/.test(target) ? 'blob' : 'tree';
  return `${repository}/${kind}/main/${target}${anchor}`;
}
