import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeOnAllEngines, NODES } from './engines';
import { EXAMPLE, EXAMPLE_PACKAGES, exampleImports } from './example';
import { installInto, pack } from './packed-packages';
import { run } from './process';

const folder = mkdtempSync(join(tmpdir(), 'churn-nodes-'));
afterAll(() => rmSync(folder, { recursive: true }));

describeOnAllEngines('a project elsewhere on other Node versions', () => {
  const project = join(folder, 'project');

  beforeAll(() => {
    installInto(project, pack(folder, EXAMPLE_PACKAGES), EXAMPLE_PACKAGES);
    writeFileSync(join(project, 'a.mjs'), exampleImports('esm') + EXAMPLE);
    writeFileSync(join(project, 'a.cjs'), exampleImports('cjs') + EXAMPLE);
  });

  it.each(NODES)(
    'uses the packages on Node %s as ES modules and as CommonJS',
    (version) => {
      const node = (...args: string[]) => run('npx', ['-y', `node@${version}`, ...args], project);
      expect(node('--version')).toMatch(new RegExp(`^v${version}\\.`));
      expect(node('a.mjs')).toBe('works\n');
      expect(node('a.cjs')).toBe('works\n');
    },
    300_000,
  );
});
