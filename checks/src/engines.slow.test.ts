import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeOnAllEngines, ENGINES } from './engines';
import { fitsInThreads } from './fits-in-threads';
import { installInto, PACKAGES, pack } from './packed-packages';
import { root, run } from './process';

const folder = mkdtempSync(join(tmpdir(), 'churn-engines-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SECONDS = 1000;
const [[first], ...others] = ENGINES;

describeOnAllEngines('the same bytes on every engine', () => {
  describe('of every transformer, model, metric and profile', () => {
    const project = join(folder, 'project');
    const resultsOf = new Map<string, string[]>();

    beforeAll(() => {
      installInto(project, pack(folder), PACKAGES);
      for (const script of ['fit-everything.mjs', 'fit-in-threads.mjs']) {
        copyFileSync(join(__dirname, '../test/engines', script), join(project, script));
      }
    }, 120 * SECONDS);

    it.each(ENGINES)(
      '%s fits them all',
      (name, command, args) => {
        const results = run(command, [...args, 'fit-everything.mjs'], project)
          .trim()
          .split('\n');
        expect(results.length).toBeGreaterThan(90);
        resultsOf.set(name, results);
      },
      120 * SECONDS,
    );

    it.each(others)(`%s returns the same as ${first}`, (name) => {
      expect(resultsOf.get(name)).toEqual(resultsOf.get(first));
    });

    it.each(ENGINES)(
      '%s fits in threads, and ends',
      (_, command, args) => {
        const [alone, first, second] = fitsInThreads(command, args, project);
        expect([first.hash, second.hash]).toEqual([alone.hash, alone.hash]);
        expect([alone.nStarted, first.nStarted, second.nStarted]).toEqual([0, 2, 0]);
      },
      120 * SECONDS,
    );
  });

  describe("of the application's training with threads", () => {
    const data = join(folder, 'data.csv');
    const config = join(folder, 'churn.yaml');
    const filesOf = new Map<string, Record<string, string>>();

    beforeAll(() => {
      const lines = readFileSync(join(root, 'data/bank_data.csv'), 'utf8').split('\n', 301);
      writeFileSync(data, `${lines.join('\n')}\n`);
      writeFileSync(config, CONFIG);
    });

    it.each(ENGINES)(
      '%s trains',
      (name, command, args) => {
        const out = join(folder, name);
        const train = [
          'train',
          '--config',
          config,
          '--data',
          data,
          '--out',
          out,
          '--no-images',
          '--no-report',
        ];
        run(command, [...args, join(root, 'apps/churn/bin/churn.js'), ...train], root);
        const latest = join(out, 'latest');
        const models = join(latest, 'models');
        const files = readdirSync(models).filter((file) => file.endsWith('.model.json'));
        expect(files.length).toBe(4);
        filesOf.set(name, {
          ...Object.fromEntries(files.map((file) => [file, sha256(readFileSync(join(models, file)))])),
          report: reproducible(readFileSync(join(models, 'training_report.json'), 'utf8')),
          sample: sha256(readFileSync(join(latest, 'sample.csv'))),
        });
      },
      120 * SECONDS,
    );

    it.each(others)(`%s writes the same as ${first}`, (name) => {
      expect(filesOf.get(name)).toEqual(filesOf.get(first));
    });
  });
});

const CONFIG = `
data:
  file: data.csv
  target: Attrition_Flag
  positive: Attrited Customer
  drop: [CLIENTNUM]
models:
  logistic_regression: { type: LogisticRegression, penalty: [l1, l2], C: 0.1 }
  support_vector_machine: { type: SVC, C: [1, 10] }
  random_forest: { type: RandomForestClassifier, nEstimators: 50, criterion: [gini, entropy] }
  gradient_boosting: { type: GradientBoostingClassifier, nEstimators: 30, learningRate: [0.1, 0.05] }
crossValidation: { folds: 3, scoring: [logLoss, rocAuc] }
threshold: { maximise: f1 }
output: { sample: { file: sample.csv, rows: 50 } }
workers: 2
`;

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A training report without what it tells of the run: how long it took, and on which Node. */
function reproducible(report: string): string {
  const left = ['fitSeconds', 'scoreSeconds', 'seconds', 'node'];
  return JSON.stringify(JSON.parse(report), (key, value) => (left.includes(key) ? undefined : value), 2);
}
