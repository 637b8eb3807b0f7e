import { closeSync, openSync, readSync } from 'node:fs';

/** The columns named by the first line of a text file; empty if it is not a simple list of names. */
export function headerOf(file: string): string[] {
  const head = Buffer.alloc(1 << 16);
  const opened = openSync(file, 'r');
  const length = readSync(opened, head);
  closeSync(opened);
  const [line = ''] = head
    .toString('utf8', 0, length)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  const delimiter = [',', ';', '\t', '|'].find((each) => line.includes(each));
  if (delimiter === undefined || line.includes('\uFFFD')) return [];
  return line.split(delimiter).map((name) => name.trim().replaceAll(/^"|"$/g, ''));
}
