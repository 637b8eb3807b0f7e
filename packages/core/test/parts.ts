import {
  type Attributions,
  ChurnError,
  type Classifier,
  type ClassLabel,
  type ClassProbabilities,
  checkedProbabilities,
  type FitOptions,
  type FitTransformed,
  type FittedClassifier,
  type FittedRegressor,
  type FittedTransformer,
  fitThenTransform,
  isClassLabel,
  isNumber,
  isString,
  type JsonObject,
  type LabelsLike,
  likeliest,
  positionOf,
  type Regressor,
  type RowStep,
  requireTargetPerRow,
  type StateReader,
  sampleWeights,
  type Table,
  type TableSchema,
  TargetValues,
  type TargetValuesLike,
  type Transformer,
  twoClassLabels,
} from '../src/index.js';

/** Subtracts the mean of one numeric column. */
export class Centre implements Transformer<FittedCentre> {
  readonly role = 'transformer';
  static readonly type = 'Centre';

  constructor(readonly column: string) {}

  static restore(state: StateReader): FittedCentre {
    return new FittedCentre({ column: state.string('column'), mean: state.number('mean') });
  }

  fit(x: Table): FittedCentre {
    const present = x.numeric(this.column).filter((value) => !Number.isNaN(value));
    if (present.length === 0) {
      throw new ChurnError('invalid-data', `column "${this.column}" has no value to take the mean of`);
    }
    return new FittedCentre({ column: this.column, mean: present.reduce((a, b) => a + b) / present.length });
  }

  fitTransform(x: Table, y?: LabelsLike): FitTransformed<FittedCentre> {
    return fitThenTransform(this, x, y);
  }
}

class FittedCentre implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = Centre.type;

  constructor(readonly state: { readonly column: string; readonly mean: number }) {}

  transform(x: Table): Table {
    const { column, mean } = this.state;
    return x.with([[column, x.numeric(column).map((value) => value - mean)]]);
  }

  compileRow(schema: TableSchema): RowStep {
    const { column, mean } = this.state;
    const position = positionOf(schema, column, 'numeric');
    return {
      schema,
      apply(row) {
        row[position] = (row[position] as number) - mean;
        return row;
      },
    };
  }
}

/** Removes columns without reading them. */
export class Drop implements Transformer<FittedDrop> {
  readonly role = 'transformer';
  static readonly type = 'Drop';

  constructor(readonly columns: readonly string[]) {}

  static restore(state: StateReader): FittedDrop {
    return new FittedDrop({ columns: state.list('columns', isString) });
  }

  fit(): FittedDrop {
    return new FittedDrop({ columns: this.columns });
  }

  fitTransform(x: Table): FitTransformed<FittedDrop> {
    return fitThenTransform(this, x);
  }
}

class FittedDrop implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = Drop.type;

  constructor(readonly state: { readonly columns: readonly string[] }) {}

  get unread(): readonly string[] {
    return this.state.columns;
  }

  transform(x: Table): Table {
    return x.drop(this.state.columns.filter((name) => x.has(name)));
  }

  compileRow(schema: TableSchema): RowStep {
    const kept = schema.map((_, j) => j).filter((j) => !this.state.columns.includes(schema[j].name));
    return { schema: kept.map((j) => schema[j]), apply: (row) => kept.map((j) => row[j]) };
  }
}

/** Tells two classes apart by which mean of the first column is nearer, and by their weight. */
export class NearestMean implements Classifier<FittedNearestMean> {
  readonly role = 'classifier';
  static readonly type = 'NearestMean';

  /** @param sharpness how fast the probability falls with the distance. */
  constructor(readonly sharpness = 1) {}

  static restore(state: StateReader): FittedNearestMean {
    return new FittedNearestMean({
      feature: state.string('feature'),
      classes: state.list('classes', isClassLabel),
      // What the committed model file of format version 1 lacks.
      sharpness: state.has('sharpness') ? state.number('sharpness') : 1,
      means: state.list('means', isNumber),
      weights: state.has('weights') ? state.list('weights', isNumber) : [1, 1],
    });
  }

  fit(x: Table, y: LabelsLike, options: FitOptions = {}): FittedNearestMean {
    const labels = twoClassLabels(y);
    requireTargetPerRow(x, labels);
    const { classes, codes } = labels;
    const rows = sampleWeights(options, x.nRows) ?? new Float64Array(x.nRows).fill(1);
    const [feature] = x.names;
    const [means, weights] = [
      [0, 0],
      [0, 0],
    ];
    x.numeric(feature).forEach((value, row) => {
      means[codes[row]] += value * rows[row];
      weights[codes[row]] += rows[row];
    });
    if (!weights.every((weight) => weight > 0)) {
      throw new ChurnError('invalid-target', 'expected rows of weight above 0 in both classes');
    }
    return new FittedNearestMean({
      feature,
      classes,
      sharpness: this.sharpness,
      means: means.map((sum, code) => sum / weights[code]),
      weights,
    });
  }

  fitMany(x: Table, y: LabelsLike, specifications: readonly NearestMean[]): FittedNearestMean[] {
    const { state } = this.fit(x, y);
    return specifications.map(({ sharpness }) => new FittedNearestMean({ ...state, sharpness }));
  }
}

/** Makes a column of the product of two. */
export class Products implements Transformer {
  readonly role = 'transformer';

  fit(): FittedTransformer {
    return {
      role: 'transformer',
      type: 'Products',
      state: {},
      origins: new Map([['a times b', ['a', 'b']]]),
      transform: (x) => {
        const b = x.numeric('b');
        return x.with({ 'a times b': x.numeric('a').map((value, row) => value * b[row]) });
      },
    };
  }

  fitTransform(x: Table): FitTransformed {
    return fitThenTransform(this, x);
  }
}

export class FittedNearestMean implements FittedClassifier {
  readonly role = 'classifier';
  readonly type = NearestMean.type;

  constructor(
    readonly state: JsonObject & {
      readonly feature: string;
      readonly classes: readonly ClassLabel[];
      readonly sharpness: number;
      readonly means: readonly number[];
      readonly weights: readonly number[];
    },
  ) {}

  get classes(): readonly ClassLabel[] {
    return this.state.classes;
  }

  get features(): readonly string[] {
    return [this.state.feature];
  }

  get schema(): TableSchema {
    return [{ name: this.state.feature, kind: 'numeric' }];
  }

  predictProba(x: Table): ClassProbabilities {
    const { feature, means, sharpness, weights } = this.state;
    const [first, second] = means.map((mean, code) =>
      x.numeric(feature).map((value) => weights[code] * Math.exp(-sharpness * Math.abs(value - mean))),
    );
    return checkedProbabilities(x, this.features, [
      first.map((p, row) => p / (p + second[row])),
      second.map((p, row) => p / (p + first[row])),
    ]);
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }
}

/** Predicts the mean of the target values. */
export class MeanRegressor implements Regressor<FittedMeanRegressor> {
  readonly role = 'regressor';
  static readonly type = 'MeanAmount';

  static restore(state: StateReader): FittedMeanRegressor {
    return new FittedMeanRegressor({ features: state.names('features'), mean: state.number('mean') });
  }

  fit(x: Table, y: TargetValuesLike, options: FitOptions = {}): FittedMeanRegressor {
    const amounts = TargetValues.from(y);
    requireTargetPerRow(x, amounts);
    if (x.nRows === 0) throw new ChurnError('invalid-data', 'there are no rows');
    for (const name of x.names) x.numeric(name);
    const weights = sampleWeights(options, x.nRows) ?? new Float64Array(x.nRows).fill(1);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return new FittedMeanRegressor({
      features: x.names,
      mean: amounts.values.reduce((sum, value, row) => sum + value * weights[row], 0) / total,
    });
  }
}

export class FittedMeanRegressor implements FittedRegressor {
  readonly role = 'regressor';
  readonly type = MeanRegressor.type;

  constructor(readonly state: { readonly features: readonly string[]; readonly mean: number }) {}

  get features(): readonly string[] {
    return this.state.features;
  }

  predict(x: Table): Float64Array {
    for (const name of this.features) x.numeric(name);
    return new Float64Array(x.nRows).fill(this.state.mean);
  }

  attributions(x: Table): Attributions {
    const contributions = this.features.map((_, j) => new Float64Array(x.nRows).fill(j + 1));
    return { unit: 'amount', outputs: [{ baseline: this.state.mean, contributions }] };
  }
}
