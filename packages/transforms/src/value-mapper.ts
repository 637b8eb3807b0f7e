import {
  type CategoryColumn,
  type FittedTransformer,
  fitThenTransform,
  isPlainObject,
  isString,
  type StateReader,
  type Table,
  type Transformer,
} from '@churn/core';
import { requireParameter } from './parameter.js';

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
