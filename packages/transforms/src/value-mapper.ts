import {
  type CategoryColumn,
  ChurnError,
  isPlainObject,
  isString,
  parameter,
  positionOf,
  required,
  requireParameter,
  type Table,
} from '@churn/core';
import { type FittedBy, type InvertibleTransformation, transformer } from './transformer.js';

/** The mapping of levels: to another level, or to `null` for a missing value. */
export type LevelMapping = Readonly<Record<string, string | null>>;

const parameters = {
  /** The mapping of levels by column: `{ column: { from: to } }`. */
  mapping: required(parameter('an object of { column: { from: to } }', isMapping)),
};

/** The mapping of each column. */
export type ValueMapperState = { readonly mapping: Readonly<Record<string, LevelMapping>> };

/**
 * Renames levels of category columns; levels that are not in the mapping, and missing values, are unchanged. Two levels with the same new
 * name are merged; a level mapped to `null` becomes missing, for an imputer to fill.
 *
 * It learns nothing; `fit` checks that the columns exist.
 *
 * ```ts
 * new ValueMapper({ Subscribed: { Y: 'Yes', N: 'No' }, Education: { Unknown: null } });
 * ```
 */
export class ValueMapper extends transformer({
  type: 'ValueMapper',
  parameters,
  check({ mapping }) {
    for (const [name, levels] of Object.entries(mapping)) {
      requireParameter(
        isLevelMapping(levels),
        `mapping of "${name}"`,
        'an object of strings or null',
        levels,
      );
    }
  },
  learn: (_, { mapping }): ValueMapperState => ({ mapping }),
  restore: (state) => ({ mapping: state.record('mapping', isLevelMapping) }),
  apply: ({ mapping }): InvertibleTransformation & { readonly replaces: ValueMapperState['mapping'] } => ({
    replaces: mapping,
    transform: (x) => withLevels(x, mapping, (levels) => levels),
    inverseTransform: (x) => withLevels(x, mapping, inverseMapping),
    compileRow(schema) {
      const parts = Object.entries(mapping).map(([name, levels]) => ({
        position: positionOf(schema, name, 'category'),
        renamed: new Map(Object.entries(levels)),
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
    },
  }),
  describe({ mapping }) {
    const columns = Object.entries(mapping).map(
      ([name, levels]) => `${name} (${Object.keys(levels).length} levels renamed)`,
    );
    return columns.join(', ') || 'no columns';
  },
}) {
  /** @throws `invalid-parameter` if `mapping` does not map levels to strings or `null`. */
  constructor(mapping: Readonly<Record<string, LevelMapping>>) {
    super({ mapping });
  }
}

/** A fitted `ValueMapper`. */
export type FittedValueMapper = FittedBy<typeof ValueMapper>;

function withLevels(
  x: Table,
  mapping: Readonly<Record<string, LevelMapping>>,
  used: (levels: LevelMapping, name: string) => LevelMapping,
): Table {
  return x.with(
    Object.entries(mapping).map(
      ([name, levels]) => [name, mapLevels(x.category(name), used(levels, name))] as const,
    ),
  );
}

function inverseMapping(mapping: LevelMapping, name: string): LevelMapping {
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

function isMapping(value: unknown): value is Readonly<Record<string, LevelMapping>> {
  return isPlainObject(value);
}
