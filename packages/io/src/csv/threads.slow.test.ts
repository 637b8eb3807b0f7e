import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useTempFolder } from '../files/temp-folder';

const temp = useTempFolder();
const DIST = join(__dirname, '../../dist');

/** The built package, whose threads tests of the sources cannot start. */
const MODULES = {
  mjs: (body: string) =>
    `import * as io from ${JSON.stringify(join(DIST, 'index.js'))}; import { Table } from ${JSON.stringify(join(DIST, '../../core/dist/index.js'))}; ${body}`,
  cjs: (body: string) =>
    `const io = require(${JSON.stringify(join(DIST, 'index.cjs'))}); const { Table } = require(${JSON.stringify(join(DIST, '../../core/dist/index.cjs'))}); (async () => {${body}})();`,
};

it.each([
  ['mjs', '--input-type=module'],
  ['cjs', '--input-type=commonjs'],
] as const)('tables are the same with several threads as with one, in %s', (module, type) => {
  const body = `
    const n = 360_000;
    const numbers = Float64Array.from({ length: n }, (_, i) => (i % 11 === 0 ? NaN : i % 3 ? i / 8 : i / 7));
    const codes = Int32Array.from({ length: n }, (_, i) => (i % 5) - 1);
    const levels = ['plain', 'a, "b"', 'Zoë', 'x'.repeat(100)];
    const table = Table.fromColumns([['a', numbers], ['b', { kind: 'category', codes, levels }], ['c', numbers], ['d', codes],
      ['e', numbers], ['f', codes]]);
    for (const threads of [1, 2, 3]) {
      const file = ${JSON.stringify(temp())} + '/' + threads + '.csv';
      await io.writeCsv(file, table, { threads });
      const read = await io.readCsv(file, { threads });
      const isSame = [...table.entries()].every(([name, column]) => {
        const other = read.column(name);
        return column.kind === 'numeric'
          ? column.values.every((value, i) => Object.is(value, other.values[i]))
          : column.codes.every((code, i) => column.levels[code] === other.levels[other.codes[i]]);
      });
      console.log(threads, read.nRows, isSame);
    }`;
  const { stdout, stderr } = spawnSync(process.execPath, [type, '-e', MODULES[module](body)], {
    encoding: 'utf8',
  });
  expect([stdout, stderr]).toEqual(['1 360000 true\n2 360000 true\n3 360000 true\n', '']);
  const [one, two, three] = [1, 2, 3].map((threads) => readFileSync(temp(`${threads}.csv`)));
  expect(one.length).toBeGreaterThan(2 ** 24);
  expect(two.equals(one)).toBe(true);
  expect(three.equals(one)).toBe(true);
});
