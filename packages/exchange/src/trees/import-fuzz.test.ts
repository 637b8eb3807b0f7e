import { ChurnError, type ColumnData, Random, Table } from '@churn/core';
import { GradientBoostingClassifier } from '@churn/models';
import { fromCatBoost } from './from-catboost';
import { fromLightGBM } from './from-lightgbm';
import { fromXGBoost } from './from-xgboost';
import type { ImportedTrees, ImportOptions } from './imported-trees';
import { toLightGBM } from './to-lightgbm';
import { toXGBoost } from './to-xgboost';

/** Of each of the formats. */
const TRIES = Math.ceil(Number(process.env.FUZZ ?? 1200) / 3);
const random = new Random(Number(process.env.FUZZ_SEED ?? 1));

const y = Array.from({ length: 300 }, () => random.int(2));
const numbers = (): ColumnData =>
  Float64Array.from(y, (code) => (random.uniform() < 0.1 ? NaN : Math.round(4 * (code + random.normal()))));
const x = Table.fromColumns({
  a: numbers(),
  b: numbers(),
  level: y.map((code) => 'xyz'[random.int(code + 2)]),
});
const model = new GradientBoostingClassifier({ nEstimators: 4, categories: 'sets' }).fit(x, y);

/** A model of a symmetric tree of depth 2 as CatBoost writes it. */
const CATBOOST = {
  features_info: {
    float_features: [
      { feature_id: 'a', flat_feature_index: 0, feature_index: 0, nan_value_treatment: 'AsTrue' },
      { feature_id: 'b', flat_feature_index: 1, feature_index: 1, nan_value_treatment: 'AsFalse' },
    ],
    // The hash of x.
    categorical_features: [{ feature_id: 'level', flat_feature_index: 2, values: [-784473192] }],
  },
  model_info: {
    class_params: { class_names: [0, 1] },
    params: { loss_function: { type: 'Logloss' } },
  },
  oblivious_trees: [
    {
      leaf_values: [-1, 0.5, 0.25, 1],
      leaf_weights: [10, 20, 30, 40],
      splits: [
        { split_type: 'FloatFeature', float_feature_index: 0, border: 0.5 },
        { split_type: 'OneHotFeature', cat_feature_index: 0, value: -784473192 },
      ],
    },
  ],
  scale_and_bias: [1, [0.125]],
};

const FILES: [string, string, (text: string, options: ImportOptions) => ImportedTrees][] = [
  ['LightGBM', toLightGBM(model), fromLightGBM],
  ['XGBoost', toXGBoost(model), fromXGBoost],
  ['CatBoost', JSON.stringify(CATBOOST), fromCatBoost],
];
const options = { levels: { level: ['x', 'y', 'z'] } };

it('imports a symmetric tree of CatBoost', () => {
  const few = Table.fromColumns({ a: [0.5, 0.6, null], b: [1, 1, 1], level: ['y', 'x', null] });
  const imported = fromCatBoost(JSON.stringify(CATBOOST), options);
  expect(imported.decisionFunction(few)).toEqual([Float64Array.of(-0.875, 1.125, 0.625)]);
});

describe.each(FILES)('a file of %s', (_, text, read) => {
  it('is read if intact', () => {
    expect(read(text, options).decisionFunction(x)[0]).toHaveLength(300);
  });

  it('is rejected if damaged, or scores all rows', () => {
    const outcomes = { rejected: 0, read: 0 };
    for (let i = 0; i < TRIES; i++) {
      const damaged = damage(text);
      try {
        const imported = read(damaged, options);
        const known = imported.features.every((name) => x.names.includes(name));
        if (known && predictionsOf(imported).some(Number.isNaN)) throw new Error('expected predictions');
        outcomes.read++;
      } catch (error) {
        const isTold = ChurnError.is(error) && error.message.length < 1000;
        if (!isTold) throw new Error(`of ${damaged}`, { cause: error });
        outcomes.rejected++;
      }
    }
    expect(outcomes.rejected).toBeGreaterThan(0);
    expect(outcomes.read).toBeGreaterThan(0);
  });
});

function predictionsOf(imported: ImportedTrees): Float64Array {
  try {
    return imported.role === 'classifier' ? imported.predictProba(x)[0] : imported.predict(x);
  } catch (error) {
    // A category may have become a number.
    if (ChurnError.is(error) && error.code === 'column-kind') return new Float64Array(0);
    throw error;
  }
}

/** What may stand where something else stood. */
const TOKENS = [
  '-1',
  '0',
  '1e9',
  '4294967296',
  '1e400',
  'null',
  '{}',
  '[]',
  '""',
  '"x"',
  'NaN',
  '-0',
  '0.5',
  'true',
];

/** The text cut off, with a piece doubled or left out, or with a number, a letter or more in another's place. */
function damage(text: string): string {
  let damaged = text;
  for (let n = 1 + random.int(3); n > 0; n--) {
    const at = random.int(damaged.length);
    switch (random.int(5)) {
      case 0:
        damaged = random.uniform() < 0.1 ? damaged.slice(0, at) : damaged;
        break;
      case 1:
        damaged = damaged.slice(0, at) + damaged.slice(at + 1 + random.int(20));
        break;
      case 2:
        damaged = damaged.slice(0, at) + damaged.slice(Math.max(0, at - random.int(40)));
        break;
      case 3:
        damaged = damaged.slice(0, at) + String.fromCharCode(32 + random.int(95)) + damaged.slice(at + 1);
        break;
      default: {
        // An integer of the file becomes another.
        const found = /-?\d[\d.eE+-]*/.exec(damaged.slice(at));
        if (!found) break;
        const from = at + found.index;
        damaged =
          damaged.slice(0, from) + TOKENS[random.int(TOKENS.length)] + damaged.slice(from + found[0].length);
      }
    }
  }
  return damaged;
}

describe('hostile files', () => {
  const xgboost = JSON.parse(toXGBoost(model));
  const altered = (change: (learner: Record<string, never>) => void): string => {
    const copy = structuredClone(xgboost);
    change(copy.learner);
    return JSON.stringify(copy);
  };
  type Loose = { [key: string]: Loose } & { [i: number]: Loose };
  const treeOf = (learner: unknown) =>
    (learner as Loose).gradient_booster.model.trees[0] as unknown as Record<string, unknown>;

  it.each<[string, string, string]>([
    [
      'a cycle',
      altered((learner) => {
        (treeOf(learner).left_children as number[])[0] = 0;
      }),
      'two children of its own',
    ],
    [
      'a child out of range',
      altered((learner) => {
        (treeOf(learner).left_children as number[])[0] = 2 ** 40;
      }),
      'two children of its own',
    ],
    [
      'too many features',
      altered((learner) => {
        const loose = learner as unknown as Loose;
        loose.learner_model_param.num_feature = '4000000000' as never;
        loose.feature_names = [] as never;
      }),
      'features',
    ],
    [
      'more classes than trees',
      altered((learner) => {
        (learner as unknown as Loose).learner_model_param.num_class = '4000000000' as never;
      }),
      'objective',
    ],
  ])('of XGBoost, %s, is rejected', (_, text, message) => {
    expect(() => fromXGBoost(text, options)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message) }),
    );
  });

  it.each<[string, string, string]>([
    ['more features than the file names', 'max_feature_idx=4000000000', 'feature_names'],
    ['too many trees per round', 'num_tree_per_iteration=4000000000', 'num_tree_per_iteration'],
    ['a linear tree', 'is_linear=1', 'linear'],
    ['a later version', 'version=v5', 'version v5'],
    ['a custom objective', 'objective=mine', 'objective'],
  ])('of LightGBM, %s, is rejected', (_, line, message) => {
    const [key] = line.split('=');
    const text = toLightGBM(model).replace(new RegExp(`^${key}=.*$`, 'm'), line);
    expect(() => fromLightGBM(text, options)).toThrow(message);
  });

  it('of CatBoost with category statistics or unnamed levels are rejected', () => {
    const { features_info, ...others } = CATBOOST;
    const withStatistics = { ...others, features_info: { ...features_info, ctrs: [{}] } };
    expect(() => fromCatBoost(JSON.stringify(withStatistics), options)).toThrow('one_hot_max_size');
    expect(() => fromCatBoost(JSON.stringify(CATBOOST))).toThrow(/^level: .*`levels`/);
    expect(() => fromCatBoost(JSON.stringify(CATBOOST), { levels: { level: ['y'] } })).toThrow('all levels');
  });

  it('rejects UBJSON and says how to save JSON', () => {
    expect(() => fromXGBoost('{L\u0000\u0000\u0000\u0000')).toThrow('save_model("model.json")');
  });
});

it('puts the positive class second, negating scores if it was first', () => {
  const [plain, turned] = [undefined, 0].map((positive) => fromLightGBM(toLightGBM(model), { positive }));
  if (plain.role !== 'classifier' || turned.role !== 'classifier') throw new Error('expected classifiers');
  expect([plain.classes, turned.classes]).toEqual([
    [0, 1],
    [1, 0],
  ]);
  expect(turned.predictProba(x)[1]).toEqual(plain.predictProba(x)[0]);
  expect(turned.decisionFunction(x)[0]).toEqual(plain.decisionFunction(x)[0].map((score) => -score));
});
