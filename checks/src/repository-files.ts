import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The paths of files below a folder whose name ends so, without generated ones. */
export function filesBelow(at: string, ending: string): string[] {
  return readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || ['node_modules', 'dist', 'outputs', 'api'].includes(entry.name))
      return [];
    const path = join(at, entry.name);
    if (entry.isDirectory()) return filesBelow(path, ending);
    return entry.name.endsWith(ending) ? [path] : [];
  });
}
