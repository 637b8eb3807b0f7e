import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Caches figures in a folder, so that a long benchmark resumes where it was interrupted.
 * @returns a function that returns the figures with a name, and measures them if they are not cached.
 */
export function keptFigures<T>(folder: string): (name: string, measure: () => T) => T {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'figures.json');
  const known: Record<string, T> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return (name, measure) => {
    if (!Object.hasOwn(known, name)) {
      process.stderr.write(`${name}\n`);
      known[name] = measure();
      writeFileSync(`${file}.new`, JSON.stringify(known, null, 1));
      renameSync(`${file}.new`, file);
    }
    return known[name];
  };
}
