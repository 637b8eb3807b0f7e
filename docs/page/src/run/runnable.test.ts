import { runnable } from './runnable.js';

const MarkdownIt = jest.requireActual('markdown-it');

function rendered(text: string, realPath = '/site/docs/guides/page.md'): string {
  const md = new MarkdownIt();
  runnable(md);
  return md.render(text, { realPath });
}

const blockOf = (code: string) => `\`\`\`ts\n${code}\n\`\`\`\n\n`;
const nRunnable = (html: string) => html.split('<div class="runnable">').length - 1;

const inPage = blockOf("import { Table } from '@churn/core';");

describe('runnable', () => {
  it('marks TypeScript of pages whose code is tested', () => {
    expect(rendered(inPage)).toMatch(/^<div class="runnable"><pre>.*<\/pre>\n<\/div>\n$/s);
    expect(nRunnable(rendered(inPage + inPage, '/site/packages/transforms/docs/pca.md'))).toBe(2);
    expect(nRunnable(rendered(inPage, '/site/packages/models/README.md'))).toBe(1);
    expect(nRunnable(rendered(inPage, '/site/CONTRIBUTING.md'))).toBe(0);
    expect(nRunnable(rendered('```sh\nls\n```\n'))).toBe(0);
  });

  it.each([
    "import { readFile } from 'node:fs/promises';",
    "import {\n  readCsv,\n  toTable,\n} from '@churn/io';",
    "import { threadExecutor } from '@churn/selection/node';",
  ])('marks none from the first block that needs Node: %s', (code) => {
    expect(nRunnable(rendered(inPage + blockOf(code) + inPage))).toBe(1);
  });

  it('marks no fragments, and goes on after them', () => {
    const md = `<!-- a part of a program -->\n\n${blockOf("import x from './x.js';")}${inPage}`;
    expect(nRunnable(rendered(md))).toBe(0);
    const html = new MarkdownIt({ html: true });
    runnable(html);
    expect(nRunnable(html.render(md, { realPath: 'docs/guides/page.md' }))).toBe(1);
  });
});
