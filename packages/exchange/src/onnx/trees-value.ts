import type { ColumnId, ProgramNode, ProgramTree, TreesStep } from '../program/program.js';
import type { ValueName } from './graph.js';
import type { RowGraph, RowValue } from './row-graph.js';
import { type TableNode, type TableTree, TreeTable } from './tree-table.js';

type TextNode = ProgramNode & { readonly kind: 'text' };

/** Defines the columns of a trees step. */
export function defineTrees(graph: RowGraph, { trees, outputs }: TreesStep): void {
  const features = new TreeFeatures(graph, trees);
  const last = outputs.length - 1;
  const total = last > 0 ? commonTotal(trees) : undefined;
  // If the values of each leaf have the same sum, as probabilities do, the last output follows from the others.
  const written = total === undefined ? outputs.length : last;
  const table = new TreeTable();
  for (const tree of trees) {
    for (let k = 0; k < written; k++) {
      const isZero = tree.every((node) => node.kind !== 'leaf' || node.values[k] === 0);
      if (!isZero) table.add(features.tableTree(tree, k), k);
    }
  }
  if (table.isEmpty) table.add([{ value: 0 }], 0);
  const sums = table.ensemble(graph, features.matrix(), written);
  const columns: RowValue[] = Array.from({ length: written }, (_, k) => ({
    name: graph.columnOf(sums, k),
    kind: 'number',
    isConstant: false,
  }));
  if (total !== undefined) {
    const others = columns.reduce((left, right) => graph.apply('Add', left, right));
    const rest = graph.apply('Sub', graph.numberOf(total), others);
    const isShare = trees.every((tree) =>
      tree.every((node) => node.kind !== 'leaf' || node.values[last] >= 0),
    );
    columns.push(isShare ? graph.apply('Max', rest, graph.numberOf(0)) : rest);
  }
  outputs.forEach((id, k) => {
    graph.define(id, columns[k]);
  });
}

/** The sum over all outputs of the leaf values of a row, if it is the same for all rows. */
function commonTotal(trees: readonly ProgramTree[]): number | undefined {
  let total = 0;
  for (const tree of trees) {
    let ofTree: number | undefined;
    for (const node of tree) {
      if (node.kind !== 'leaf') continue;
      const sum = node.values.reduce((left, right) => left + right);
      const size = node.values.reduce((left, right) => left + Math.abs(right), 0);
      ofTree ??= sum;
      if (!(Math.abs(sum - ofTree) <= 4 * Number.EPSILON * size)) return undefined;
    }
    total += ofTree ?? 0;
  }
  return total;
}

/**
 * The features on which trees split: numeric columns, and for each set of levels in a split an indicator of whether the text is in it. (Splits by
 * sets, `BRANCH_MEMBER`, crash onnxruntime if there are many: microsoft/onnxruntime#25400.)
 */
class TreeFeatures {
  readonly #numbers = new Map<ColumnId, number>();
  readonly #sets = new Map<ColumnId, LevelSets>();

  constructor(
    readonly graph: RowGraph,
    trees: readonly ProgramTree[],
  ) {
    for (const node of trees.flat()) {
      if (node.kind === 'number' && !this.#numbers.has(node.column)) {
        this.#numbers.set(node.column, this.#numbers.size);
      } else if (node.kind === 'text') {
        const sets = this.#sets.get(node.column) ?? new LevelSets();
        sets.add(node);
        this.#sets.set(node.column, sets);
      }
    }
    let start = this.#numbers.size;
    for (const sets of this.#sets.values()) {
      sets.start = start;
      start += sets.size;
    }
  }

  /** A tree with the values of output `k`. */
  tableTree(tree: ProgramTree, k: number): TableTree {
    return tree.map((node): TableNode => {
      if (node.kind === 'leaf') return { value: node.values[k] };
      if (node.kind === 'number') {
        const { column, threshold, left, right, missing } = node;
        const feature = this.#numbers.get(column) as number;
        return { feature, threshold, isMissingLeft: missing === 'left', left, right };
      }
      const feature = (this.#sets.get(node.column) as LevelSets).featureOf(node);
      return { feature, threshold: 0.5, isMissingLeft: false, left: node.outside, right: node.inside };
    });
  }

  /** A matrix of shape [N, features]. */
  matrix(): ValueName {
    const { graph } = this;
    const parts: RowValue[] = [...this.#numbers.keys()].map((id) => graph.column(id));
    for (const [id, sets] of this.#sets) {
      parts.push({ name: sets.indicators(graph, graph.column(id)), kind: 'number', isConstant: false });
    }
    return graph.matrix(parts.length > 0 ? parts : [graph.numberOf(0)]);
  }
}

/** The sets of levels of a column that occur in splits. */
class LevelSets {
  start = 0;
  readonly #sets = new Map<string, readonly string[]>();
  readonly #places = new Map<string, number>();

  get size(): number {
    return this.#sets.size;
  }

  add({ levels }: TextNode): void {
    const key = JSON.stringify(levels);
    if (this.#sets.has(key)) return;
    this.#places.set(key, this.#sets.size);
    this.#sets.set(key, levels);
  }

  featureOf({ levels }: TextNode): number {
    return this.start + (this.#places.get(JSON.stringify(levels)) as number);
  }

  /** Indicators of shape [N, sets], looked up in a table with one row per level, and one of zeros for other texts. */
  indicators(graph: RowGraph, column: RowValue): ValueName {
    const levels = [...new Set([...this.#sets.values()].flat())].map((level) => graph.level(level));
    // An encoder needs at least one entry.
    const strings = levels.length > 0 ? levels : [graph.missingText];
    const nColumns = this.#sets.size;
    const table = new Array<number>((strings.length + 1) * nColumns).fill(0);
    const places = new Map(levels.map((level, place) => [level, place]));
    [...this.#sets.values()].forEach((set, j) => {
      for (const level of set) {
        const place = places.get(level);
        if (place !== undefined) table[place * nColumns + j] = 1;
      }
    });
    const code = graph.mlNode('LabelEncoder', [graph.perRow(column)], {
      keys_strings: { strings },
      values_int64s: { integers: strings.map((_, place) => place) },
      default_int64: strings.length,
    });
    const flat = graph.node('Reshape', [code, graph.integers([-1])]);
    const values = graph.constant({ type: 'uint8', dims: [strings.length + 1, nColumns], values: table });
    return graph.node('Cast', [graph.node('Gather', [values, flat])], { to: 11 });
  }
}
