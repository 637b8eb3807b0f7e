import type { Expression } from '../program/expression.js';
import { isMissing } from './row-conditions.js';
import type { RowGraph, RowValue } from './row-graph.js';

type Lookup = Expression & { readonly op: 'lookup' };

/** A lookup as a `LabelEncoder`, which includes the values for missing and other texts if they are constant. */
export function lookupValue(graph: RowGraph, lookup: Lookup, made: (part: Expression) => RowValue): RowValue {
  const of = made(lookup.of);
  const { entries, missing, otherwise } = lookup;
  const encode = (
    to: 'number' | 'text',
    pairs: readonly (readonly [string, number | string])[],
    other: number | string,
  ) =>
    ({ name: labelEncoder(graph, of.name, to, pairs, other), kind: to, isConstant: of.isConstant }) as const;
  const pairs = Array.from(
    entries,
    ([level, value]) => [graph.level(level), constantOf(graph, value)] as const,
  );
  const [absent, other] = [missing, otherwise].map((value) =>
    isConstant(value) ? constantOf(graph, value) : undefined,
  );
  if (absent !== undefined && other !== undefined) {
    return encode(
      typeof other === 'number' ? 'number' : 'text',
      [...pairs, [graph.missingText, absent]],
      other,
    );
  }
  const missingValue = made(missing);
  const otherValue = made(otherwise);
  const isKnown = graph.test(
    'Equal',
    encode(
      'number',
      pairs.map(([level]) => [level, 1]),
      0,
    ),
    graph.numberOf(1),
  );
  const { kind } = otherValue;
  const known = encode(kind, pairs, kind === 'number' ? Number.NaN : graph.missingText);
  return graph.where(isMissing(graph, of), missingValue, graph.where(isKnown, known, otherValue));
}

type Constant = Expression & { readonly op: 'number' | 'text' };

function isConstant(expression: Expression): expression is Constant {
  return expression.op === 'number' || expression.op === 'text';
}

function constantOf(graph: RowGraph, { op, value }: Constant): number | string {
  if (op === 'number') return value;
  return value === null ? graph.missingText : graph.level(value);
}

function labelEncoder(
  graph: RowGraph,
  of: string,
  to: 'number' | 'text',
  pairs: readonly (readonly [string, number | string])[],
  other: number | string,
): string {
  // An encoder needs at least one entry; this one has no effect.
  const entries = pairs.length > 0 ? pairs : [[graph.missingText, other] as const];
  const strings = entries.map(([level]) => level);
  if (to === 'text') {
    return graph.mlNode('LabelEncoder', [of], {
      keys_strings: { strings },
      values_strings: { strings: entries.map(([, value]) => String(value)) },
      default_string: String(other),
    });
  }
  const values = entries.map(([, value]) => Number(value));
  return graph.mlNode('LabelEncoder', [of], {
    keys_tensor: { tensor: { type: 'string', dims: [strings.length], values: strings } },
    values_tensor: { tensor: { type: 'double', dims: [values.length], values } },
    default_tensor: { tensor: { type: 'double', dims: [1], values: [Number(other)] } },
  });
}
