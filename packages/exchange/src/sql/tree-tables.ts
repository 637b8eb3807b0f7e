import type { ProgramTree } from '../program/program.js';
import { type Cells, cellsOf, countOf, leavesOf, union } from './tree-cells.js';

/** Larger tables do not fit into the fast processor caches. */
const MAX_CELLS = 512;
/** A tree becomes a table only if the table has at most this many cells per leaf. */
const MAX_CELLS_PER_LEAF = 8;
/** The number of candidate trees that are tried as the next tree of a table. */
const MAX_CANDIDATES = 300;

/** Several trees as a lookup table: the sums of their leaf values for each cell. */
export interface TreeTable {
  readonly cells: Cells;
  /** For each output, one sum per cell. */
  readonly sums: readonly (readonly number[])[];
}

/**
 * Combines trees with few distinct splits, such as symmetric trees, into tables of trees with similar splits; returns the other trees
 * separately.
 */
export function tabulate(
  trees: readonly ProgramTree[],
  outputs: number,
): { tables: TreeTable[]; others: ProgramTree[] } {
  const others: ProgramTree[] = [];
  // Trees with other outputs would add tables of zeros.
  const byOutputs = new Map<string, Candidate[]>();
  for (const tree of trees) {
    const cells = cellsOf(tree);
    const leaves = tree.flatMap((node) => (node.kind === 'leaf' ? [node.values] : []));
    if (
      countOf(cells) > Math.min(MAX_CELLS, MAX_CELLS_PER_LEAF * leaves.length) ||
      !leaves.every((values) => values.every(Number.isFinite))
    ) {
      others.push(tree);
      continue;
    }
    const key = Array.from({ length: outputs }, (_, k) => leaves.some((values) => values[k] !== 0)).join();
    const candidates = byOutputs.get(key) ?? [];
    candidates.push({ tree, cells });
    byOutputs.set(key, candidates);
  }
  const tables = [...byOutputs.values()].flatMap(grouped).map((group) => tableOf(group, outputs));
  return { tables, others };
}

interface Candidate {
  readonly tree: ProgramTree;
  readonly cells: Cells;
}

interface Group {
  readonly trees: readonly ProgramTree[];
  readonly cells: Cells;
}

/** Starts with the first remaining tree, and repeatedly adds the tree that results in the fewest cells, as long as one fits. */
function grouped(candidates: readonly Candidate[]): Group[] {
  const left = [...candidates];
  const groups: Group[] = [];
  for (let first = left.shift(); first; first = left.shift()) {
    const trees = [first.tree];
    let { cells } = first;
    for (;;) {
      let best: { place: number; cells: Cells; count: number } | undefined;
      for (let place = 0; place < Math.min(left.length, MAX_CANDIDATES); place++) {
        const both = union(cells, left[place].cells);
        const count = countOf(both);
        if (count <= MAX_CELLS && (!best || count < best.count)) best = { place, cells: both, count };
      }
      if (!best) break;
      trees.push(left[best.place].tree);
      left.splice(best.place, 1);
      ({ cells } = best);
    }
    groups.push({ trees, cells });
  }
  return groups;
}

function tableOf({ trees, cells }: Group, outputs: number): TreeTable {
  const leaves = Array.from({ length: countOf(cells) }, (_, cell) => leavesOf(cells, trees, cell));
  const sums = Array.from({ length: outputs }, (_, k) =>
    leaves.map((ofTrees) => ofTrees.reduce((sum, values) => sum + values[k], 0)),
  );
  return { cells, sums };
}
