import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installInto, type PackageName, pack } from './packed-packages';
import { chromium, hasBrowser, run } from './process';

const folder = mkdtempSync(join(tmpdir(), 'churn-browser-'));
afterAll(() => rmSync(folder, { recursive: true }));

const inBrowser = hasBrowser ? describe : describe.skip;
const why = hasBrowser ? '' : ' (skipped: there is no Chromium here, and CHROMIUM names none)';

inBrowser(`a Vite application with the packed packages${why}`, () => {
  it('builds without warnings and fits the same in a page, a worker and Node', () => {
    const names: readonly PackageName[] = [
      'core',
      'transforms',
      'models',
      'survival',
      'selection',
      'monitor',
    ];
    const project = join(folder, 'project');
    installInto(project, pack(folder, names), names);
    const script = join(__dirname, '../test/browser');
    for (const file of ['index.html', 'main.js', 'worker.js'])
      cpSync(join(script, file), join(project, file));
    // Node wants another suffix, as the project does not say that it has ES modules.
    cpSync(join(script, 'fit.js'), join(project, 'fit.js'));
    cpSync(join(script, 'fit.js'), join(project, 'fit.mjs'));
    writeFileSync(
      join(project, 'print.mjs'),
      "import { compare, fit } from './fit.mjs';\nconsole.log(JSON.stringify([fit(), compare()]));",
    );
    const [inNode, comparedInNode] = JSON.parse(run(process.execPath, ['print.mjs'], project));
    const { warnings, plain, isolated } = JSON.parse(
      run(process.execPath, [join(script, 'run-in-browser.mjs'), project, chromium ?? 'chromium'], folder),
    );
    expect([warnings, plain.messages, isolated.messages]).toEqual([[], [], []]);
    expect(inNode).toHaveLength(4);
    for (const { fitted } of [plain, isolated]) {
      expect(fitted.worker).toEqual(fitted.page);
      // Another engine's exp and log differ in the last digit, whereupon a solver stops elsewhere within its tolerance of 1e-3.
      const gaps = inNode.flat().map((value: number, at: number) => Math.abs(value - fitted.page.flat()[at]));
      expect(gaps).toHaveLength(80);
      expect(Math.max(...gaps)).toBeLessThan(1e-3);
      expect(comparedInNode).toHaveLength(6);
      expect(fitted.compared).toEqual(comparedInNode);
      const [alone, ...inThreads] = fitted.inThreads;
      expect(inThreads).toEqual([alone, alone]);
    }
    // Threads share memory in a page that is isolated alone.
    expect([plain.fitted.nStarted, isolated.fitted.nStarted]).toEqual([0, 1]);
  });
});
