import type { RowGraph, RowValue } from './row-graph.js';

/** π / 2 in two parts, as in `cos` of core. */
const QUARTER = { most: 1.5707963267341256, next: 6.077100506303966e-11 };

/** The cosine with the angle reduction of `cos` of core; missing for angles so large that only rounding errors remain. */
export function cosineValue(graph: RowGraph, x: RowValue): RowValue {
  const number = (value: number) => graph.numberOf(value);
  const times = (left: RowValue, right: number) => graph.apply('Mul', left, number(right));
  const quarters = graph.apply('Round', times(x, 0.6366197723675814));
  const most = graph.apply('Sub', x, times(quarters, QUARTER.most));
  const angle = graph.apply('Sub', most, times(quarters, QUARTER.next));
  const turns = times(graph.apply('Floor', times(quarters, 0.25)), 4);
  const quarter = graph.apply('Sub', quarters, turns);
  const is = (value: number) => graph.test('Equal', quarter, number(value));
  const cosine = graph.apply('Cos', angle);
  const sine = graph.apply('Sin', angle);
  const first = graph.where(is(0), cosine, graph.where(is(1), graph.apply('Neg', sine), sine));
  const value = graph.where(is(2), graph.apply('Neg', cosine), first);
  const isSmall = graph.test('LessOrEqual', graph.apply('Abs', angle), number(1));
  return graph.where(isSmall, value, graph.missing('number'));
}
