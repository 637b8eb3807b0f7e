import {
  ChurnError,
  type Classifier,
  type ClassLabel,
  type FitTransformed,
  type FittedClassifier,
  type FittedTransformer,
  fitThenTransform,
  isClassLabel,
  isNumber,
  isString,
  type JsonObject,
  Labels,
  type LabelsLike,
  likeliest,
  type StateReader,
  type Table,
  type Transformer,
} from '../src/index.js';

/** Subtracts the mean of one numeric column. */
export class Centre implements Transformer<FittedCentre> {
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
  readonly type = Centre.type;

  constructor(readonly state: { readonly column: string; readonly mean: number }) {}

  transform(x: Table): Table {
    const { column, mean } = this.state;
    return x.with([[column, x.numeric(column).map((value) => value - mean)]]);
  }
}

/** Removes columns without reading them. */
export class Drop implements Transformer<FittedDrop> {
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
  readonly type = Drop.type;

  constructor(readonly state: { readonly columns: readonly string[] }) {}

  get unread(): readonly string[] {
    return this.state.columns;
  }

  transform(x: Table): Table {
    return x.drop(this.state.columns);
  }
}

/** Tells two classes apart by which mean of the first column is nearer. */
export class NearestMean implements Classifier<FittedNearestMean> {
  static readonly type = 'NearestMean';

  static restore(state: StateReader): FittedNearestMean {
    return new FittedNearestMean({
      feature: state.string('feature'),
      classes: state.list('classes', isClassLabel),
      means: state.list('means', isNumber),
    });
  }

  fit(x: Table, y: LabelsLike): FittedNearestMean {
    const labels = Labels.from(y);
    const counts = labels.counts();
    if (counts.length !== 2) throw new ChurnError('invalid-labels', 'expected two classes');
    if (labels.length !== x.nRows) throw new ChurnError('invalid-data', 'expected a label a row');
    const [feature] = x.names;
    const means = [0, 0];
    x.numeric(feature).forEach((value, row) => {
      means[labels.codes[row]] += value / counts[labels.codes[row]];
    });
    return new FittedNearestMean({ feature, classes: labels.classes, means });
  }
}

export class FittedNearestMean implements FittedClassifier {
  readonly type = NearestMean.type;

  constructor(
    readonly state: JsonObject & {
      readonly feature: string;
      readonly classes: readonly ClassLabel[];
      readonly means: readonly number[];
    },
  ) {}

  get classes(): readonly ClassLabel[] {
    return this.state.classes;
  }

  get features(): readonly string[] {
    return [this.state.feature];
  }

  predictProba(x: Table): Float64Array[] {
    const [first, second] = this.state.means.map((mean) =>
      x.numeric(this.state.feature).map((value) => Math.exp(-Math.abs(value - mean))),
    );
    return [first.map((p, row) => p / (p + second[row])), second.map((p, row) => p / (p + first[row]))];
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }
}
