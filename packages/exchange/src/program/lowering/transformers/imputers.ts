import type { Expression } from '../../expression.js';
import { choose, column, isMissing, number, text } from '../expressions.js';
import { replacing, type TransformerLowering } from '../transformer-lowering.js';

type Fill = number | string;

interface ImputerState {
  readonly groups?: {
    readonly column: string;
    readonly values: Readonly<Record<string, Readonly<Record<string, Fill>>>>;
  };
  readonly indicators?: readonly string[];
}

/** @param field the state field with the fill values. */
export function imputer(field: string): TransformerLowering {
  return ({ state, frame }) => {
    const { groups, indicators = [] } = state as ImputerState;
    const fills = state[field] as Readonly<Record<string, Fill | null>>;
    const filled = replacing(frame, ({ name, id }) => {
      const fill = Object.hasOwn(fills, name) ? fills[name] : null;
      if (fill === null) return undefined;
      const otherwise = constant(fill);
      const value: Expression = groups
        ? {
            op: 'lookup',
            of: frame.value(groups.column),
            entries: new Map(
              Object.entries(groups.values[name]).map(([level, each]) => [level, constant(each)]),
            ),
            missing: otherwise,
            otherwise,
          }
        : otherwise;
      return [choose(isMissing(column(id)), value, column(id))];
    });
    const flags = indicators.map((name) => choose(isMissing(frame.value(name)), number(1), number(0)));
    return [...filled, ...flags];
  };
}

function constant(fill: Fill) {
  return typeof fill === 'number' ? number(fill) : text(fill);
}
