import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';

/** A file of the page. */
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
 * The files of the page on which a user fills in a row and sees the prediction with its reasons. It only needs this service, and contains
 * nothing about the model, which its script requests, with the key if there is one.
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
