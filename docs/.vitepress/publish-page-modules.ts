import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const built = join(import.meta.dirname, '../page/dist');

/**
 * Puts what runs in pages among the files of the site.
 * @throws Error if it has not been built.
 */
export function publishPageModules(publicDir: string): void {
  if (!existsSync(built)) throw new Error('docs/page has not been built: run pnpm build');
  const to = join(publicDir, 'page');
  rmSync(to, { recursive: true, force: true });
  cpSync(built, to, { recursive: true });
}
