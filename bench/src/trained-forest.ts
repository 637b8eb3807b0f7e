import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The application's program. */
export const CHURN = fileURLToPath(new URL('../../apps/churn/bin/churn.js', import.meta.url));

/** Trains a forest of 500 trees with the application. @returns its model file, in `folder`. */
export function trainedForest(folder: string, data: string): string {
  const config = join(folder, 'churn.yaml');
  writeFileSync(
    config,
    `
data:
  file: ${JSON.stringify(data)}
  target: Attrition_Flag
  positive: Attrited Customer
  drop: ["Unnamed: 0", CLIENTNUM]
models:
  random_forest: { type: RandomForestClassifier, nEstimators: 500, criterion: entropy }
crossValidation: { folds: 2 }
`,
  );
  const args = [CHURN, 'train', '--config', config, '--out', folder, '--no-images', '--no-report'];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return join(folder, 'latest/models/random_forest.model.json');
}
