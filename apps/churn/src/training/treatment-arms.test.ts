import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkedConfig } from '../config/config';
import { classTask } from '../task/class-task';
import { loadDataset } from './data';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-arms-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function load(calls: readonly string[], control: unknown = 'none', more: object = {}) {
  const file = join(folder, 'd.csv');
  const rows = calls.map((call, i) => `${i},${call},${i % 3 === 0 ? 'yes' : 'no'}`);
  writeFileSync(file, `usage,call,left\n${rows.join('\n')}\n`);
  const data = {
    ...{ file, target: 'left', positive: 'yes', treatment: { column: 'call', control } },
    ...more,
  };
  return loadDataset(classTask, checkedConfig({ data }, 'c.yaml').data);
}

const calls = Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? 'call' : 'none'));

it('classifiers are fitted on the control rows, and both arms form an experiment', async () => {
  const { features, y, records, columns, experiment } = await load(calls);
  expect(features.names).toEqual(['usage']);
  expect(Array.from(features.numeric('usage'))).toEqual([1, 3, 5, 7, 9, 11]);
  expect(Array.from(records.lines)).toEqual([3, 5, 7, 9, 11, 13]);
  expect(Array.from(y.codes)).toEqual([0, 1, 0, 0, 1, 0]);
  expect(columns.find(({ column }) => column.name === 'call')).toMatchObject({
    use: 'target',
    reason: 'the treatment',
  });
  expect(experiment?.treatment).toEqual({ column: 'call', control: 'none', treated: 'call' });
  expect(Array.from(experiment?.isTreated ?? [])).toEqual(calls.map((call) => Number(call === 'call')));
  expect(experiment?.features.nRows).toBe(12);
});

it('arms may be numbers, and spelled differently', async () => {
  const numbers = await load(
    calls.map((call) => (call === 'none' ? '0' : '1')),
    0,
  );
  expect(numbers.experiment?.treatment).toMatchObject({ control: '0', treated: '1' });
  const spelled = await load(
    calls.map((call, i) => (i === 1 ? 'None' : call)),
    'none',
  );
  expect(spelled.features.nRows).toBe(6);
});

it.each<[string, Parameters<typeof load>, string]>([
  ['no column', [calls, 'none', { treatment: { column: 'cal', control: 'none' } }], 'treatment column "cal"'],
  ['missing', [['call', '', 'none']], 'd.csv, line 3: expected a value of the treatment "call", got none'],
  [
    'no control',
    [calls, 'off'],
    'data.treatment.control: expected a level of the treatment "call", which has "call", "none", got "off"',
  ],
  ['one arm', [calls.map(() => 'none')], 'expected two levels of the treatment "call", got 1: "none"'],
  [
    'three arms',
    [['mail', ...calls]],
    'expected two levels of the treatment "call", got 3: "mail", "call", "none"; keep only the rows',
  ],
])('rejects %s', async (_, given, message) => {
  await expect(load(...given)).rejects.toThrow(message);
});
