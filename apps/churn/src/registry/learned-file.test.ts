import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOfTrainingRows } from './learned-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-learned-'));
  mkdirSync(join(folder, 'models'));
  writeFileSync(join(folder, 'sample.csv'), 'a\n1\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

const ofSample = () =>
  isOfTrainingRows({ name: 'm', file: join(folder, 'models/m.model.json') }, join(folder, 'sample.csv'));
const record = (config: object) => writeFileSync(join(folder, 'run.json'), JSON.stringify({ config }));

it('the sample of a run is of training rows if the model was refitted on all rows', async () => {
  record({ split: { refit: true } });
  expect(await ofSample()).toBe(true);
});

it('the sample of a run is not of training rows without a refit', async () => {
  record({ split: { refit: false } });
  expect(await ofSample()).toBe(false);
});

it('a file beside a model that no run has written is not known to be of training rows', async () => {
  expect(await ofSample()).toBe(false);
});
