import {
  ChurnError,
  type Column,
  compileRow,
  type FittedTransformer,
  firstRepeated,
  isString,
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
import { describeRenamed, freeNames } from './free-names.js';
import { nameList } from './name-list.js';
import { selectRow } from './select-row.js';

const parameters = {
  /**
   * The columns: names, in the order in which the transformer receives them; `{ kind }`; `{ kind: 'category', minLevels, maxLevels }`; or
   * `{ pattern }`.
   */
  columns: required(columnSelector()),
  /** The transformer for these columns; it may be supervised. */
  transformer: required(transformerParameter()),
};

/**
 * Applies a transformer to some columns as if they were the whole table; the others pass through.
 *
 * A column that keeps its name keeps its place. A new column follows the one before it in the transformer's output; a leading one takes
 * the place of the first input column. The columns selected by a kind, a number of levels or a pattern are determined at `fit`.
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
   * @param columns names, in the order in which the transformer receives them; `{ kind }`; `{ kind: 'category', minLevels, maxLevels }`,
   * for category columns by number of levels; or `{ pattern }`.
   * @param transformer the transformer for these columns; it may be supervised.
   * @throws `invalid-parameter` if `columns` is not a selector, or `transformer` is not an unfitted transformer.
   */
  constructor(columns: ColumnSelector, transformer: Transformer) {
    const settings = readOptions(parameters, { columns, transformer });
    this.columns = settings.columns;
    this.transformer = settings.transformer;
  }

  /** @throws `model-file` if the state is not one of this class, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedOnColumns {
    const renamed = state.has('renamed') ? state.record('renamed', isString) : {};
    const areDistinct = firstRepeated(Object.values(renamed)) === undefined;
    state.expect(areDistinct, 'renamed', 'unique names');
    return new FittedOnColumns(
      state.names('columns'),
      restorePart(state.child('part'), classes, 'transformer'),
      renamed,
    );
  }

  /** @throws `column-name` if a column given by name is missing; and the errors of the transformer. */
  fit(x: Table, y?: LabelsLike): FittedOnColumns {
    const columns = selectedColumns(x, this.columns);
    return fittedOn(x, columns, this.transformer.fit(x.select(columns), y));
  }

  /** `fitTransform` of the transformer: out of fold if it is supervised. */
  fitTransform(x: Table, y?: LabelsLike) {
    const columns = selectedColumns(x, this.columns);
    const { fitted, output } = this.transformer.fitTransform(x.select(columns), y);
    const whole = fittedOn(x, columns, fitted);
    return { fitted: whole, output: withResult(x, columns, renameColumns(output, whole.newNames)) };
  }
}

/** A transformer fitted on some columns of `x`; its new columns get names that no other column of `x` has. */
function fittedOn(x: Table, columns: readonly string[], part: FittedTransformer): FittedOnColumns {
  const isSelected = new Set(columns);
  const passing = x.names.filter((name) => !isSelected.has(name));
  const wanted = part.transform(x.take([]).select(columns)).names;
  const names = freeNames(wanted, passing, x.names);
  const newNames = wanted.map((name, i) => [name, names[i]] as const).filter(([from, to]) => from !== to);
  return new FittedOnColumns(columns, part, Object.fromEntries(newNames));
}

/** `x` with columns renamed by `newNames`. */
function renameColumns(x: Table, newNames: Readonly<Record<string, string>>): Table {
  return Table.fromColumns(
    Array.from(x.entries(), ([name, column]) => [newName(name, newNames), column] as const),
    x.nRows,
  );
}

function newName(name: string, newNames: Readonly<Record<string, string>>): string {
  return Object.hasOwn(newNames, name) ? newNames[name] : name;
}

/** A transformer applied to `columns` of a table. */
export function onColumns(columns: ColumnSelector, transformer: Transformer): OnColumns {
  return new OnColumns(columns, transformer);
}

/** A fitted `OnColumns`. */
export class FittedOnColumns implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = OnColumns.type;
  /** Present if the inner transformer has it. */
  readonly inverseTransform?: (x: Table) => Table;

  constructor(
    readonly columns: readonly string[],
    /** The fitted inner transformer. */
    readonly part: FittedTransformer,
    /** New names for output columns of the transformer whose names are those of columns that pass through. */
    readonly newNames: Readonly<Record<string, string>> = {},
  ) {
    if (part.inverseTransform) this.inverseTransform = (x) => this.#inverse(x);
  }

  get origins(): ReadonlyMap<string, readonly string[]> | undefined {
    const { origins } = this.part;
    return origins && this.#byNewNames(origins);
  }

  /** For each new column that was renamed because its name was taken at `fit`, the original name. */
  get renamed(): ReadonlyMap<string, string> | undefined {
    const own = Object.entries(this.newNames).map(([from, to]) => [to, from] as const);
    const all = new Map([...own, ...this.#byNewNames(this.part.renamed ?? new Map<string, string>())]);
    return all.size > 0 ? all : undefined;
  }

  get state(): JsonObject {
    const isRenamed = Object.keys(this.newNames).length > 0;
    return {
      columns: this.columns,
      part: savedPart(this.part),
      ...(isRenamed && { renamed: this.newNames }),
    };
  }

  #byNewNames<T>(ofNames: ReadonlyMap<string, T>): Map<string, T> {
    return new Map(Array.from(ofNames, ([name, each]) => [newName(name, this.newNames), each]));
  }

  /** The inner transformer looks for its columns by name, and leaves the others. */
  #inverse(x: Table): Table {
    const part = this.part as Required<FittedTransformer>;
    const made = Object.entries(this.newNames);
    // Names used on both sides are exchanged while the inner transformer runs.
    const back = Object.fromEntries(
      made.flatMap(([from, to]) => [
        [from, to],
        [to, from],
      ]),
    );
    const forth = Object.fromEntries(made.map(([from, to]) => [to, from]));
    return renameColumns(part.inverseTransform(renameColumns(x, back)), forth);
  }

  /** @throws `column-name` if a column is missing, or a new one has the name of one that passes through. */
  transform(x: Table): Table {
    const output = this.part.transform(x.select(this.columns));
    return withResult(x, this.columns, renameColumns(output, this.newNames));
  }

  /** @throws `column-name` as in `transform`. */
  compileRow(schema: TableSchema): RowStep {
    const inner = selectRow(schema, this.columns);
    const part = compileRow([this.part], inner.schema);
    const output = part.schema.map(({ name, kind }) => ({ name: newName(name, this.newNames), kind }));
    const places = arranged(
      schema.map(({ name }) => name),
      this.columns,
      output.map(({ name }) => name),
    );
    const positions = this.columns.map((name) => positionOf(schema, name));
    return {
      schema: places.map(({ fromPart, index }) => (fromPart ? output[index] : schema[index])),
      apply(row) {
        // The part may modify the row that it receives, and the columns that pass through are still needed.
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
    const own = new Map(Object.entries(this.newNames).map(([from, to]) => [to, from]));
    const inner = this.part.describe?.() ?? this.part.type;
    return `OnColumns: on ${nameList(this.columns)}: ${inner}${describeRenamed(own)}`;
  }
}

function transformerParameter(): Parameter<Transformer> {
  const isTransformer = (value: unknown): value is Transformer =>
    typeof value === 'object' &&
    value !== null &&
    (value as Partial<Transformer>).role === 'transformer' &&
    typeof (value as Partial<Transformer>).fit === 'function';
  return { ...parameter('an unfitted transformer', isTransformer), isPlain: false };
}

/** The origin of a result column: the inner transformer's output, or a column that passes through. */
interface Place {
  readonly name: string;
  readonly fromPart: boolean;
  readonly index: number;
}

/** The result columns in order, for a table of `names` in which `output` replaces `columns`. */
function arranged(names: readonly string[], columns: readonly string[], output: readonly string[]): Place[] {
  const selected = new Set(columns);
  const inPlace = new Set(output.filter((name) => selected.has(name)));
  /** For each column that keeps its place, the columns that follow it; those for `undefined` come first. */
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
    if (seen.has(name)) throw new ChurnError('column-name', `column "${name}" appears twice`);
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
