import {
  ChurnError,
  type Column,
  compileRow,
  type FittedTransformer,
  type JsonObject,
  type LabelsLike,
  type Parameter,
  parameter,
  positionOf,
  type Restorable,
  type RowStep,
  type RowValues,
  readOptions,
  required,
  restorePart,
  type StateReader,
  savedPart,
  Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnSelector, columnSelector, selectedColumns } from './column-selector.js';
import { nameList } from './name-list.js';
import { selectRow } from './select-row.js';

const parameters = {
  /**
   * The columns: names, in the order in which the transformer is to see them; `{ kind }`; `{ kind: 'category', minLevels, maxLevels }`;
   * or `{ pattern }`.
   */
  columns: required(columnSelector()),
  /** What to do with them; it may be a supervised transformer. */
  transformer: required(transformerParameter()),
};

/**
 * Runs a transformer on some columns only, as if they were the whole table; the others pass through.
 *
 * A column that keeps its name keeps its place. Another follows the one before it in what the transformer gives, the first
 * of them standing where the first of the columns stood. What a kind, a number of levels or a pattern means is settled at `fit`.
 *
 * ```ts
 * onColumns({ pattern: 'Total_*' }, new StandardScaler());
 * onColumns({ kind: 'category', maxLevels: 15 }, new OneHotEncoder());
 * await loadModel(file, [OnColumns, StandardScaler, …]);
 * ```
 */
export class OnColumns implements Transformer<FittedOnColumns> {
  readonly role = 'transformer';
  static readonly type = 'OnColumns';
  static readonly parameters = parameters;
  readonly columns: ColumnSelector;
  readonly transformer: Transformer;

  /**
   * @param columns names, in the order in which the transformer is to see them; `{ kind }`; `{ kind: 'category', minLevels, maxLevels }`,
   *   for category columns with so many levels; or `{ pattern }`.
   * @param transformer what to do with them; it may be a supervised one.
   * @throws `invalid-parameter` where `columns` is no selector, or `transformer` none that can be fitted.
   */
  constructor(columns: ColumnSelector, transformer: Transformer) {
    const settings = readOptions(parameters, { columns, transformer });
    this.columns = settings.columns;
    this.transformer = settings.transformer;
  }

  /** @throws `model-file` where the state is not one of this class, or holds another class than those given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedOnColumns {
    return new FittedOnColumns(
      state.names('columns'),
      restorePart(state.child('part'), classes, 'transformer'),
    );
  }

  /** @throws `column-name` where a column given by name is not there; and what the transformer throws. */
  fit(x: Table, y?: LabelsLike): FittedOnColumns {
    const columns = selectedColumns(x, this.columns);
    return new FittedOnColumns(columns, this.transformer.fit(x.select(columns), y));
  }

  /** `fitTransform` of the transformer: out of fold where it is supervised. */
  fitTransform(x: Table, y?: LabelsLike) {
    const columns = selectedColumns(x, this.columns);
    const { fitted, output } = this.transformer.fitTransform(x.select(columns), y);
    return { fitted: new FittedOnColumns(columns, fitted), output: withResult(x, columns, output) };
  }
}

/** A transformer that works on `columns` of a table. */
export function onColumns(columns: ColumnSelector, transformer: Transformer): OnColumns {
  return new OnColumns(columns, transformer);
}

/** What a transformer has learned of some columns. */
export class FittedOnColumns implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = OnColumns.type;
  /** There where the inner transformer has it. */
  readonly inverseTransform?: (x: Table) => Table;

  constructor(
    readonly columns: readonly string[],
    /** What the inner transformer has learned. */
    readonly part: FittedTransformer,
  ) {
    // It looks for its columns by name, and leaves the others.
    if (part.inverseTransform) this.inverseTransform = part.inverseTransform.bind(part);
  }

  get origins(): ReadonlyMap<string, readonly string[]> | undefined {
    return this.part.origins;
  }

  get state(): JsonObject {
    return { columns: this.columns, part: savedPart(this.part) };
  }

  /** @throws `column-name` where a column is not there, or a new one has the name of one that passes through. */
  transform(x: Table): Table {
    return withResult(x, this.columns, this.part.transform(x.select(this.columns)));
  }

  /** @throws `column-name` as in `transform`. */
  compileRow(schema: TableSchema): RowStep {
    const inner = selectRow(schema, this.columns);
    const part = compileRow([this.part], inner.schema);
    const names = schema.map(({ name }) => name);
    const places = arranged(
      names,
      this.columns,
      part.schema.map(({ name }) => name),
    );
    const positions = this.columns.map((name) => positionOf(schema, name));
    return {
      schema: places.map(({ fromPart, index }) => (fromPart ? part.schema[index] : schema[index])),
      apply(row) {
        // The part may write into the row it gets, and what passes through is still needed.
        const taken: RowValues = new Array(positions.length);
        for (let i = 0; i < positions.length; i++) taken[i] = row[positions[i]];
        const result = part.apply(taken);
        const values: RowValues = new Array(places.length);
        for (let j = 0; j < places.length; j++) {
          const { fromPart, index } = places[j];
          values[j] = fromPart ? result[index] : row[index];
        }
        return values;
      },
    };
  }

  describe(): string {
    return `OnColumns: on ${nameList(this.columns)}: ${this.part.describe?.() ?? this.part.type}`;
  }
}

function transformerParameter(): Parameter<Transformer> {
  const isTransformer = (value: unknown): value is Transformer =>
    typeof value === 'object' &&
    value !== null &&
    (value as Partial<Transformer>).role === 'transformer' &&
    typeof (value as Partial<Transformer>).fit === 'function';
  return { ...parameter('a transformer, which is yet to be fitted', isTransformer), isPlain: false };
}

/** Where a column of the result comes from: the inner transformer's output, or what passes through. */
interface Place {
  readonly name: string;
  readonly fromPart: boolean;
  readonly index: number;
}

/** The columns of the result in order, of a table of `names` in which `output` takes the place of `columns`. */
function arranged(names: readonly string[], columns: readonly string[], output: readonly string[]): Place[] {
  const selected = new Set(columns);
  const inPlace = new Set(output.filter((name) => selected.has(name)));
  /** Of each column that keeps its place, those that follow it; of none those that stand first. */
  const followers = new Map<string | undefined, Place[]>();
  let before: string | undefined;
  output.forEach((name, index) => {
    if (inPlace.has(name)) before = name;
    const after = followers.get(before) ?? [];
    after.push({ name, fromPart: true, index });
    followers.set(before, after);
  });
  const places: Place[] = [];
  const addFollowers = (name: string | undefined) => {
    for (const place of followers.get(name) ?? []) places.push(place);
    followers.delete(name);
  };
  names.forEach((name, index) => {
    if (!selected.has(name)) places.push({ name, fromPart: false, index });
    else {
      addFollowers(undefined);
      if (inPlace.has(name)) addFollowers(name);
    }
  });
  addFollowers(undefined);
  const seen = new Set<string>();
  for (const { name } of places) {
    if (seen.has(name)) throw new ChurnError('column-name', `column "${name}" is given twice`);
    seen.add(name);
  }
  return places;
}

function withResult(x: Table, columns: readonly string[], output: Table): Table {
  const places = arranged(x.names, columns, output.names);
  return Table.fromColumns(
    places.map(({ name, fromPart }): [string, Column] => [name, (fromPart ? output : x).column(name)]),
    x.nRows,
  );
}
