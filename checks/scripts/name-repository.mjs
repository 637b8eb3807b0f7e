// Writes into every package that is published where its sources are, as the remote `origin` says: npm signs a
// package's provenance only where `repository` is the one that the workflow runs in. The working tree of a release is
// thrown away, so forks need no change of their own.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const remote = execFileSync('git', ['remote', 'get-url', 'origin'], { encoding: 'utf8' }).trim();
const [, host, path] = /^(?:\w+:\/\/)?(?:[^@/]+@)?([\w.-]+\.\w+)[:/](.+?)(?:\.git)?\/?$/.exec(remote) ?? [];
if (host === undefined) {
  process.stderr.write(
    `The remote origin must be the address of a repository, such as https://example.com/owner/name.git, not ${remote}\n`,
  );
  process.exit(1);
}
const page = `https://${host}/${path}`;

for (const group of ['packages', 'apps']) {
  for (const name of readdirSync(group)) {
    const directory = `${group}/${name}`;
    const file = join(directory, 'package.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    manifest.repository = { type: 'git', url: `git+${page}.git`, directory };
    manifest.homepage = `${page}/tree/main/${directory}#readme`;
    manifest.bugs = `${page}/issues`;
    writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
  }
}
