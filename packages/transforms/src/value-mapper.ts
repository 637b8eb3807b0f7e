import {
  type CategoryColumn,
  ChurnError,
  type FittedTransformer,
  fitThenTransform,
  isPlainObject,
  isString,
  positionOf,
  type RowStep,
  requireParameter,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';

/** What each level becomes: another level, or `null` for a missing value. */
export type LevelMapping = Readonly<Record<string, string | null>>;

/** The mapping of each column. */
export type ValueMapperState = { readonly mapping: Readonly<Record<string, LevelMapping>> };

/**
 * Renames levels of category columns; levels that the mapping does not name stay, and so do missing values. Two levels
 * that get one name become one; a level mapped to `null` becomes missing, for an imputer to fill.
 *
 * It learns nothing; `fit` checks that the columns are there.
 *
 * ```ts
 * new ValueMapper({ Subscribed: { Y: 'Yes', N: 'No' }, Education: { Unknown: null } });
 * ```
 */
export class ValueMapper implements Transformer<FittedValueMapper> {
  readonly role = 'transformer';
  static readonly type = 'ValueMapper';
  readonly mapping: Readonly<Record<string, LevelMapping>>;

  /** @throws `invalid-parameter` where `mapping` does not map levels, which are text, to text or `null`. */
  constructor(mapping: Readonly<Record<string, LevelMapping>>) {
    requireParameter(isPlainObject(mapping), 'mapping', 'an object of { column: { from: to } }', mapping);
    for (const [name, levels] of Object.entries(mapping)) {
      requireParameter(isLevelMapping(levels), `mapping of "${name}"`, 'an object of text or null', levels);
    }
    this.mapping = structuredClone(mapping);
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedValueMapper {
    return new FittedValueMapper({ mapping: state.record('mapping', isLevelMapping) });
  }

  /** @throws `column-name` or `column-kind` where a column of the mapping is not there as categories. */
  fit(x: Table): FittedValueMapper {
    for (const name of Object.keys(this.mapping)) x.category(name);
    return new FittedValueMapper({ mapping: this.mapping });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The mappings of a `ValueMapper`, in the form of a fitted transformer. */
export class FittedValueMapper implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = ValueMapper.type;

  constructor(readonly state: ValueMapperState) {}

  /** @throws `column-name` or `column-kind` where a column of the mapping is not there as categories. */
  transform(x: Table): Table {
    return x.with(
      Object.entries(this.state.mapping).map(
        ([name, mapping]) => [name, mapLevels(x.category(name), mapping)] as const,
      ),
    );
  }

  /**
   * Gives the levels their old names back. A level that `fit` saw under the new name of another is renamed too, as
   * nothing tells them apart.
   *
   * @throws `invalid-data` where two levels got one name, or a level became missing: which it was is not known.
   */
  inverseTransform(x: Table): Table {
    return x.with(
      Object.entries(this.state.mapping).map(
        ([name, mapping]) => [name, mapLevels(x.category(name), inverseMapping(name, mapping))] as const,
      ),
    );
  }

  compileRow(schema: TableSchema): RowStep {
    const parts = Object.entries(this.state.mapping).map(([name, mapping]) => ({
      position: positionOf(schema, name, 'category'),
      renamed: new Map(Object.entries(mapping)),
    }));
    return {
      schema,
      apply(row) {
        for (let i = 0; i < parts.length; i++) {
          const { position, renamed } = parts[i];
          const level = row[position];
          if (level === null) continue;
          const found = renamed.get(level as string);
          if (found !== undefined) row[position] = found;
        }
        return row;
      },
    };
  }

  describe(): string {
    const columns = Object.entries(this.state.mapping).map(
      ([name, mapping]) => `${name} (${Object.keys(mapping).length} levels renamed)`,
    );
    return `ValueMapper: ${columns.join(', ') || 'no columns'}`;
  }
}

function inverseMapping(name: string, mapping: LevelMapping): LevelMapping {
  const back = new Map<string, string>();
  for (const [from, to] of Object.entries(mapping)) {
    if (to === null || back.has(to)) {
      const why = to === null ? `"${from}" became missing` : `"${from}" and "${back.get(to)}" became "${to}"`;
      throw new ChurnError('invalid-data', `column "${name}": the mapping cannot be undone, as ${why}`);
    }
    back.set(to, from);
  }
  return Object.fromEntries(back);
}

function mapLevels({ codes, levels }: CategoryColumn, mapping: LevelMapping): CategoryColumn {
  const renamed = levels.map((level) => (Object.hasOwn(mapping, level) ? mapping[level] : level));
  const newLevels = [...new Set(renamed.filter(isString))];
  const codeOf = new Map(newLevels.map((level, code) => [level, code]));
  const newCodes = renamed.map((level) => (level === null ? -1 : codeOf.get(level)!));
  const mapped = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) mapped[row] = codes[row] < 0 ? -1 : newCodes[codes[row]];
  return { kind: 'category', codes: mapped, levels: newLevels };
}

function isLevelMapping(value: unknown): value is LevelMapping {
  return isPlainObject(value) && Object.values(value).every((level) => level === null || isString(level));
}
