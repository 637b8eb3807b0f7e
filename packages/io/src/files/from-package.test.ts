import { spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { useTempFolder } from './temp-folder';
import { zstdFrame } from './zstd-frame';

const temp = useTempFolder();
const PACKAGE = join(__dirname, '../..');

/** What the built package says in a folder where nothing else is installed but what it always needs. */
function told(entry: string, code: string, module: 'mjs' | 'cjs'): string {
  const packages = temp('node_modules/@churn');
  cpSync(join(PACKAGE, 'dist'), join(packages, 'io/dist'), { recursive: true });
  cpSync(join(PACKAGE, 'package.json'), join(packages, 'io/package.json'));
  cpSync(join(PACKAGE, '../core/dist'), join(packages, 'core/dist'), { recursive: true });
  cpSync(join(PACKAGE, '../core/package.json'), join(packages, 'core/package.json'));
  cpSync(join(PACKAGE, 'node_modules/csv-parse'), temp('node_modules/csv-parse'), {
    recursive: true,
    dereference: true,
  });
  const load = module === 'mjs' ? `import * as io from '${entry}';` : `const io = require('${entry}');`;
  writeFileSync(
    temp(`a.${module}`),
    `${load} ${code}.catch((error) => console.log(error.code + '|' + error.message));`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, [temp(`a.${module}`)], {
    cwd: temp(),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout;
}

describe.each(['mjs', 'cjs'] as const)('a package that is not installed, in %s', (module) => {
  it.each([
    ['@churn/io/arrow', "io.arrow.read('a.arrow')", 'a.arrow: Arrow', 'apache-arrow'],
    ['@churn/io/arrow', 'io.toArrow(undefined)', 'Arrow', 'apache-arrow'],
    ['@churn/io/excel', "io.excel.read('a.xlsx')", 'a.xlsx: Excel', 'read-excel-file'],
    ['@churn/io/duckdb', "io.queryRecords('select 1')", 'the query: DuckDB', '@duckdb/node-api'],
    ['@churn/io', "io.csv.read('a.csv.zst')", 'a.csv.zst: Zstandard', 'fzstd'],
    ['@churn/io/parquet', "io.parquet.read('a.parquet')", 'a.parquet: Parquet', 'hyparquet'],
  ])('%s: %s names it', (entry, code, what, name) => {
    writeFileSync(temp('a.arrow'), 'ARROW1');
    writeFileSync(temp('a.parquet'), 'PAR1');
    writeFileSync(temp('a.csv.zst'), zstdFrame('a\n1\n'));
    // The end of an archive without entries.
    writeFileSync(temp('a.xlsx'), Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`, 'latin1'));
    writeFileSync(temp('a.csv.gz'), gzipSync('a\n1\n'));
    expect(told(entry, code, module)).toBe(
      `invalid-file|${what} requires the package ${name}, which is not installed\n`,
    );
  });
});
