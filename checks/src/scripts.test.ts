import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.js';

/** Commands of pnpm, and those that it passes to npm: `pnpm docs` opens a website instead of running a script of that name. */
const COMMANDS =
  'access add adduser approve-builds audit bin bugs cache cat-file cat-index ci completion config create dedupe deploy deprecate dist-tag dlx docs doctor edit env exec fetch find help home import info init install issues licenses link list login logout outdated owner pack patch ping pkg prefix profile prune publish rebuild remove repo root run search self-update server set-script setup show star stars store team token unlink unpublish unstar update version view whoami why xmas'.split(
    ' ',
  );
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const scripts = Object.keys(manifest.scripts);

it('no script of the workspace is named like a pnpm command', () => {
  expect(scripts.filter((name) => COMMANDS.includes(name))).toEqual([]);
});

it.each(['CONTRIBUTING.md', '.github/workflows/docs.yml', '.github/workflows/ci.yml', 'demo.mjs'])(
  '%s runs scripts that exist',
  (file) => {
    const named = [
      ...readFileSync(join(root, file), 'utf8').matchAll(/(?:`|'|run: |&& )pnpm (?!i\b)([a-z][\w:-]*)/g),
    ];
    expect(named).not.toEqual([]);
    const known = [...scripts, ...COMMANDS, ...readdirSync(join(root, 'node_modules/.bin'))];
    expect(named.map(([, name]) => name).filter((name) => !known.includes(name))).toEqual([]);
  },
);
