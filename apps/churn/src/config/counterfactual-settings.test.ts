import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { counterfactualSettings } from './counterfactual-settings.js';

let folder: string;
const at = (name: string) => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-counterfactual-settings-'));
  mkdirSync(at('models'));
  writeFileSync(at('data.csv'), 'a\n1\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

const settings = (given: { data?: string; isNamed?: boolean } = {}, file = at('none.yaml')) => {
  const model = { name: 'm', file: at('models/m.model.json') };
  return counterfactualSettings(file, { isNamed: false, count: true, model, ...given });
};
const record = (data: object, others = {}) =>
  writeFileSync(at('run.json'), JSON.stringify({ config: { data, ...others } }));

it('reads the raw columns of the run and the fixed columns of its configuration', async () => {
  record({ file: at('data.csv') }, { explain: { fixed: ['age'], monotone: {} } });
  expect(await settings()).toMatchObject({ data: at('data.csv'), fixed: ['age'] });
  expect(await settings({ data: 'other.csv' })).toMatchObject({ data: 'other.csv' });
});

it('prefers the configuration on the command line', async () => {
  record({ file: at('data.csv') });
  writeFileSync(at('churn.yaml'), 'data: { file: rows.csv, target: left, positive: yes }\n');
  expect(await settings({ isNamed: true }, at('churn.yaml'))).toMatchObject({ data: 'rows.csv' });
  expect(await settings({}, at('churn.yaml'))).toMatchObject({ data: at('data.csv') });
  record({ file: at('gone.csv') });
  expect(await settings({}, at('churn.yaml'))).toMatchObject({ data: 'rows.csv' });
});

it('reports what is missing', async () => {
  const lacking = (why: string) =>
    expect(settings()).rejects.toThrow(
      `--counterfactuals: expected --data FILE with rows like those of training, as ${why}`,
    );
  await lacking('the run of m, which names its training data, no longer exists');
  record({ file: at('gone.csv') });
  await lacking(`${at('gone.csv')}, which m was trained on, no longer exists`);
  record({ query: 'from rows' });
  await lacking('m was trained on a query');
});
