import { isInPage } from './packages.js';

/** A token of markdown-it. */
interface Token {
  readonly type: string;
  readonly info: string;
  readonly content: string;
  meta: { readonly isRunnable?: boolean } | null;
}

type Render = (tokens: Token[], index: number, ...others: never[]) => string;

/** As much of markdown-it as is needed here. */
interface Markdown {
  readonly core: {
    readonly ruler: {
      push(
        name: string,
        rule: (state: { readonly tokens: Token[]; readonly env: Environment }) => void,
      ): void;
    };
  };
  readonly renderer: { readonly rules: { fence?: Render | undefined } };
}

/** What VitePress tells of a page. */
interface Environment {
  /** The source file of the page. */
  readonly realPath?: string;
}

/** Written before a block that cannot run, since it shows a part of a program. */
const FRAGMENT = '<!-- a part of a program -->';

/** Pages whose code blocks are one program each; it is tested that they print what the page says. */
const PAGES = /(?:^|\/)(docs\/(guides|tutorials)\/|packages\/\w+\/(docs\/|README\.md$))/;

/** Functions of these packages that read or write files, or draw without a browser. */
const OF_NODE =
  /\b(readCsv|writeCsv|saveModel|loadModel|readBytes|writeFileAtomic|openRecords|readRows|renderPng|svgToPng|svgToPngAsync)\b/;

/** Marks the code blocks that a reader can run: of pages that are tested, up to the first block that needs Node. */
export function runnable(md: Markdown): void {
  md.core.ruler.push('runnable', ({ tokens, env }) => {
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
