import { nextBelow } from '@churn/core';
import { binLabels } from '@churn/transforms';
import type { Expression } from '../../expression.js';
import { caseOf, choose, column, isMissing, less, number, text } from '../expressions.js';
import { replacing, type TransformerLowering } from '../transformer-lowering.js';

export const binner: TransformerLowering = ({ state, frame }) => {
  const { edges, encode } = state as {
    readonly edges: Readonly<Record<string, readonly number[] | null>>;
    readonly encode: 'ordinal' | 'label';
  };
  return replacing(frame, ({ name, id }) => {
    const own = Object.hasOwn(edges, name) ? edges[name] : null;
    if (own === null) return undefined;
    // Values outside of the outermost edges are in the first or last bin.
    const inner = own.slice(1, -1);
    const x = column(id);
    if (encode === 'label') return [choose(isMissing(x), text(null), labelled(x, inner, binLabels(own)))];
    // A bin includes its lower edge, but a step its upper edge.
    return [{ op: 'step', of: x, edges: inner.map(nextBelow), values: own.slice(1).map((_, bin) => bin) }];
  });
};

function labelled(x: Expression, inner: readonly number[], labels: readonly string[]): Expression {
  return {
    op: 'choose',
    cases: inner.map((edge, bin) => caseOf(less(x, number(edge)), text(labels[bin]))),
    otherwise: text(labels[inner.length]),
  };
}
