import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ChurnError } from '@churn/core';
import { type Build, describeBuild } from '../build.js';
import { writeWhole } from '../whole-file.js';

const FILE = 'build.json';

/**
 * Ensures that only one build uses a folder: the first process writes its build there.
 * @throws `invalid-parameter` if the folder belongs to another build.
 */
export async function requireBuild(folder: string, build: Build): Promise<void> {
  const found = await readBuildFile(folder);
  if (!found) await writeWhole(join(folder, FILE), `${JSON.stringify(build)}\n`);
  // If two processes wrote it at once, the later one wins for both.
  const { version, hash } = found ?? (await readBuildFile(folder)) ?? build;
  if (hash === build.hash) return;
  throw new ChurnError(
    'invalid-parameter',
    `${folder} belongs to ${describeBuild({ version, hash })}, but this is ${describeBuild(build)}, whose results may differ; use another folder or the same build`,
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
