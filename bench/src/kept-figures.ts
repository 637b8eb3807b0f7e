import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Figures that are found once and kept in a folder, so that a long benchmark goes on where it was interrupted.
 * @returns what gives the figures of a name, and measures them where the folder lacks them.
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
