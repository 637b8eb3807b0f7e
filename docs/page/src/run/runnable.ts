import type MarkdownIt from 'markdown-it';
import { isInPage } from './packages.js';

/** Written before a block that cannot run, since it shows a part of a program. */
const FRAGMENT = '<!-- a part of a program -->';

/** Pages whose code blocks are one program each; it is tested that they print what the page says. */
const PAGES = /(?:^|\/)(docs\/(guides|tutorials)\/|packages\/\w+\/(docs\/|README\.md$))/;

/** Functions of these packages that read or write files, or draw without a browser. */
const OF_NODE =
  /\b(readCsv|writeCsv|saveModel|loadModel|readBytes|writeFileAtomic|openRecords|readRows|renderPng|svgToPng|svgToPngAsync)\b/;

/** Marks the code blocks that a reader can run: of pages that are tested, up to the first block that needs Node. */
export function runnable(md: MarkdownIt): void {
  md.core.ruler.push('runnable', ({ tokens, env }) => {
    // VitePress tells the source file of a page.
    if (!PAGES.test(env.realPath ?? '')) return;
    let needsNode = false;
    for (const [i, token] of tokens.entries()) {
      if (token.type !== 'fence' || token.info.trim() !== 'ts') continue;
      if (tokens[i - 1]?.content.trim() === FRAGMENT) continue;
      needsNode ||= !canRun(token.content);
      if (!needsNode) token.meta = { ...token.meta, isRunnable: true };
    }
  });
  const render = md.renderer.rules.fence;
  if (!render) return;
  md.renderer.rules.fence = (tokens, i, ...others) => {
    const html = render(tokens, i, ...others);
    return tokens[i].meta?.isRunnable ? `<div class="runnable">${html}</div>\n` : html;
  };
}

/** Whether a block needs nothing but what a page has. */
export function canRun(code: string): boolean {
  const imports = code.matchAll(/^(?:import|export)\b([^;]*?)\bfrom\s+'([^']+)'/gm);
  return Array.from(imports).every(([, names, from]) => isInPage(from) && !OF_NODE.test(names));
}
