import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ChurnError } from '@churn/core';
import { type Build, describeBuild } from '../build.js';
import { writeWhole } from '../whole-file.js';

const FILE = 'build.json';

/**
 * Sees to it that a folder is used by one build only, which the first process writes there.
 * @throws `invalid-parameter` if it belongs to another.
 */
export async function requireBuild(folder: string, build: Build): Promise<void> {
  const found = await readBuildFile(folder);
  if (!found) await writeWhole(join(folder, FILE), `${JSON.stringify(build)}\n`);
  // Of two processes that wrote it at once the later one counts, for both.
  const { version, hash } = found ?? (await readBuildFile(folder)) ?? build;
  if (hash === build.hash) return;
  throw new ChurnError(
    'invalid-parameter',
    `${folder} belongs to ${describeBuild({ version, hash })}, and this is ${describeBuild(build)}: their results may differ; expected another folder, or the same build`,
  );
}

async function readBuildFile(folder: string): Promise<Build | undefined> {
  try {
    const { version, hash } = JSON.parse(await readFile(join(folder, FILE), 'utf8'));
    return { version: String(version), hash: String(hash) };
  } catch {
    return undefined;
  }
}
