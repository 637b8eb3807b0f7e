import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './process';

type Io = typeof import('@churn/io');
const io: Io = require('@churn/io');

const folder = mkdtempSync(join(tmpdir(), 'churn-io-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What takes a file, which a page has not. */
const OF_FILES = [
  'atomicWriter',
  'csv',
  'fileError',
  'formatOf',
  'inFile',
  'jsonLines',
  'loadModel',
  'openRecords',
  'readBytes',
  'readContent',
  'readCsv',
  'readRowPart',
  'readRows',
  'saveModel',
  'writeCsv',
  'writeFileAtomic',
];

it('@churn/io bundles for browsers, with everything that needs no file', () => {
  const file = join(folder, 'io.cjs');
  const options = ['--bundle', '--format=cjs', '--platform=browser', '--target=es2022', `--outfile=${file}`];
  run(join(root, 'checks/node_modules/.bin/esbuild'), [...options, '@churn/io'], join(root, 'checks'));
  const inBrowsers: Io = require(file);
  const expected = Object.keys(io).filter((name) => !OF_FILES.includes(name));
  expect(Object.keys(inBrowsers).sort()).toEqual(expected.sort());
  const text = 'a,b\n"x, ""y""\r\nz",é\n';
  expect(inBrowsers.parseCsv(text)).toEqual(io.parseCsv(text));
  const why = (parse: Io['parseCsv']): unknown => {
    try {
      return parse('a\n"b');
    } catch (error) {
      return String(error);
    }
  };
  expect(why(inBrowsers.parseCsv)).toBe(why(io.parseCsv));
  expect(why(inBrowsers.parseCsv)).toContain('CSV text, line 2');
});
