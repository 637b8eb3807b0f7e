import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A tag can be moved to other code; a commit and a digest cannot. */
const ROOT = join(__dirname, '../..');
const WORKFLOWS = join(ROOT, '.github/workflows');

function matchesOf(file: string, pattern: RegExp): string[] {
  return Array.from(readFileSync(file, 'utf8').matchAll(pattern), ([, found]) => found);
}

it.each(readdirSync(WORKFLOWS))('actions of %s are pinned by commit, with their version', (name) => {
  const actions = matchesOf(join(WORKFLOWS, name), /uses: *(.*)/g);
  expect(actions).not.toHaveLength(0);
  for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

it('base images are pinned by digest, and use one supported Node version', () => {
  const images = matchesOf(join(ROOT, 'Dockerfile'), /^FROM (\S+)/gm);
  expect(images).not.toHaveLength(0);
  for (const image of images) expect(image).toMatch(/^node:(?:22|24)\.\d+\.\d+-[\w-]+@sha256:[0-9a-f]{64}$/);
  expect(new Set(images).size).toBe(1);
});
