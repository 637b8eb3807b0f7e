import { ChurnError } from '@churn/core';
import { type Config, dataName } from '../config/config.js';
import { modelGrid } from '../config/model-config.js';
import { canStream } from './is-streamed.js';

/** The only model type that can be fitted on streamed rows. */
const STREAMED = 'GradientBoostingClassifier';

/**
 * The configuration of a streaming training: only boosted models, without refitting on the test rows.
 *
 * @throws `invalid-parameter` for settings that require all rows at once.
 */
export function streamedConfig(config: Config): Config {
  const { data, models, preset } = config;
  if (data.task !== 'classes') {
    throw unsuited('data.target', 'a column of classes', data.task === 'value' ? 'a value' : 'a duration');
  }
  if (data.query !== undefined || !canStream(dataName(data))) {
    throw unsuited('data.file', 'CSV, JSON lines or Parquet', dataName(data));
  }
  if (data.treatment) throw unsuited('data.treatment', 'none', data.treatment.column);
  if (data.uniqueBy) throw unsuited('data.uniqueBy', 'none', data.uniqueBy.join(', '));
  if (data.duplicates === 'drop') throw unsuited('data.duplicates', 'keep', 'drop');
  if (models !== 'auto') {
    for (const [name, { type }] of Object.entries(models)) {
      if (type !== STREAMED) throw unsuited(`models.${name}.type`, STREAMED, type);
    }
  }
  const boosting = { type: STREAMED, growth: preset === 'fast' ? 'symmetric' : ['symmetric', 'leaf'] };
  return {
    ...config,
    models: models === 'auto' ? { boosting: modelGrid.parse(boosting) } : models,
    split: { ...config.split, refit: false },
  };
}

function unsuited(path: string, expected: string, received: string): ChurnError {
  return new ChurnError(
    'invalid-parameter',
    `${path}: expected ${expected}, since training streams rows, got ${received}; ` +
      'training.streaming: false reads all of them into memory',
  );
}
