import { dirname, relative, sep } from 'node:path';
import { name, version } from '../../package.json';
import { isThere } from '../runs/is-there.js';

/** The address of the schema for editors: in the installed package, or else on the web. */
export async function schemaAddress(file: string): Promise<string> {
  const installed = `node_modules/${name}/schema.json`;
  return (await isThere(installed))
    ? relative(dirname(file), installed).split(sep).join('/')
    : `https://unpkg.com/${name}@${version}/schema.json`;
}
