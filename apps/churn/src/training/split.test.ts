import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkedConfig } from '../config/config';
import { classTask } from '../task/class-task';
import { loadDataset } from './data';
import { splitData } from './split';

const folder = mkdtempSync(join(tmpdir(), 'churn-split-'));
const file = join(folder, 'd.csv');
const rows = Array.from({ length: 60 }, (_, i) => `${i},${i % 7},${i % 3 ? 'no' : 'yes'}`);
writeFileSync(file, `id,age,left\n${rows.join('\n')}\n`);
afterAll(() => rmSync(folder, { recursive: true }));

async function split(more: object) {
  const data = { file, target: 'left', positive: 'yes', drop: ['id'] };
  const config = checkedConfig({ data, preset: 'fast', crossValidation: { folds: 2 }, ...more }, 'c.yaml');
  return splitData(
    classTask,
    await loadDataset(classTask, config.data, config.processing.dates?.columns),
    config,
  );
}

it('includes the columns named by groups and explain, even if dropped', async () => {
  const { train, test, testGroups } = await split({ groups: ['id'], explain: { fixed: ['id', 'age'] } });
  expect([train.y.length + test.y.length, testGroups.names]).toEqual([60, ['id']]);
});

it.each([
  [{ groups: ['agee'] }, /^groups: \S+d\.csv: column "agee" is missing/],
  [{ explain: { fixed: ['agee'] } }, /^explain\.fixed: \S+d\.csv: column "agee" is missing/],
  [{ explain: { monotone: { agee: 'up' } } }, /^explain\.monotone: \S+d\.csv: column "agee" is missing/],
  [{ processing: { mappings: { agee: {} } } }, /^processing\.mappings: \S+d\.csv: column "agee" is missing/],
  [{ processing: { mappings: { id: {} } } }, /^processing\.mappings: \S+d\.csv: column "id" is missing/],
  [
    { processing: { mappings: { age: { 1: 'one' } } } },
    /^processing\.mappings: \S+d\.csv, column "age": expected categories, got numbers/,
  ],
  [
    { processing: { dates: { columns: ['agee'] } } },
    /^processing\.dates\.columns: \S+d\.csv: column "agee" is missing/,
  ],
  [
    { threshold: { profit: { value: 'agee', acceptance: 0.2 } } },
    /^threshold\.profit\.value: \S+d\.csv: column "agee" is missing/,
  ],
])('names the setting of an unsuitable column: %j', async (more, message) => {
  await expect(split(more)).rejects.toThrow(message);
});
