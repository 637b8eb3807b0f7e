import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';

/** A file of the page, as it is served. */
export interface PageFile {
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
};

/**
 * The page where a person fills in a row and sees what is predicted and why; it needs nothing but this service. It holds nothing of the
 * model: its script asks for that, with the key if there is one.
 */
export function pageFiles(): PageFile[] {
  const folder = new URL('./page/', import.meta.url);
  return readdirSync(folder)
    .filter((name) => Object.hasOwn(TYPES, extname(name)))
    .map((name) => ({
      path: name === 'index.html' ? '/' : `/page/${name}`,
      type: TYPES[extname(name)],
      text: readFileSync(new URL(name, folder), 'utf8'),
    }));
}
