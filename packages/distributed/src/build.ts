import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChurnError } from '@churn/core';
import { reasonOf } from './reason-of.js';

/** The code that works on a search. Processes of equal builds give equal results, and work together; others do not. */
export interface Build {
  /** The version of the program, for messages. */
  readonly version: string;
  /** Of all code that decides results: 64 hexadecimal digits, as `readBuild` gives. */
  readonly hash: string;
}

/**
 * The build of a program: a hash of all JavaScript files, and WebAssembly, of some folders.
 *
 * @param folders of the program and of the packages that it uses; where they lie makes no difference, but their order does.
 * @throws `invalid-file` if one cannot be read.
 */
export async function readBuild(version: string, folders: readonly (URL | string)[]): Promise<Build> {
  const hash = createHash('sha256').update(version);
  try {
    for (const each of folders) {
      const folder = each instanceof URL ? fileURLToPath(each) : each;
      const all = await readdir(folder, { recursive: true });
      for (const name of all.filter((each) => /\.(js|mjs|cjs|wasm)$/.test(each)).sort()) {
        const content = await readFile(join(folder, name));
        hash.update(`\n${name.split(sep).join('/')} ${content.length}\n`).update(content);
      }
    }
  } catch (error) {
    throw new ChurnError('invalid-file', `cannot read the build: ${reasonOf(error)}`, { cause: error });
  }
  return { version, hash: hash.digest('hex') };
}

/** A build as messages tell it. */
export function describeBuild({ version, hash }: Build): string {
  return `version ${version} (build ${hash.slice(0, 12)})`;
}
