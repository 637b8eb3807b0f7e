import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChurnError } from '@churn/core';
import { reasonOf } from './reason-of.js';

/** Identifies the code that runs a search. Only processes with the same build work together, since their results are the same. */
export interface Build {
  /** The version of the program, for messages. */
  readonly version: string;
  /** The hash of all code that affects results: 64 hexadecimal digits, as returned by `readBuild`. */
  readonly hash: string;
}

/**
 * Computes the build of a program: a hash of all JavaScript and WebAssembly files in some folders.
 *
 * @param folders of the program and of the packages that it uses. Their order affects the hash; their paths do not.
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

/** Formats a build for messages: its version and the first 12 digits of its hash. */
export function describeBuild({ version, hash }: Build): string {
  return `version ${version} (build ${hash.slice(0, 12)})`;
}
