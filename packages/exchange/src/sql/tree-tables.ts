import type { ProgramTree } from '../program/program.js';
import { type Cells, cellsOf, countOf, leavesOf, union } from './tree-cells.js';

/** Tables of more cells leave the fast caches of a processor. */
const MOST_CELLS = 512;
/** A table of a tree that repeats its leaves more often than that is larger than the tree. */
const MOST_REPEATS = 8;
/** How many of the next trees are tried as a further one of a table. */
const MOST_TRIED = 300;

/** Some trees as a table: the sums of their leaves by the cell that a row is in. */
export interface TreeTable {
  readonly cells: Cells;
  /** For each output, one sum per cell. */
  readonly sums: readonly (readonly number[])[];
}

/**
 * Trees of few questions, such as symmetric ones, as tables, each of as many trees of alike questions as it holds; and the trees of more
 * questions.
 */
export function tabulate(
  trees: readonly ProgramTree[],
  outputs: number,
): { tables: TreeTable[]; others: ProgramTree[] } {
  const others: ProgramTree[] = [];
  // Trees of other outputs would fill a table of theirs with zeros.
  const byOutputs = new Map<string, Candidate[]>();
  for (const tree of trees) {
    const cells = cellsOf(tree);
    const leaves = tree.flatMap((node) => (node.kind === 'leaf' ? [node.values] : []));
    if (
      countOf(cells) > Math.min(MOST_CELLS, MOST_REPEATS * leaves.length) ||
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

/** Begins with the first tree that is left, and adds the one that makes the fewest cells as long as one fits. */
function grouped(candidates: readonly Candidate[]): Group[] {
  const left = [...candidates];
  const groups: Group[] = [];
  for (let first = left.shift(); first; first = left.shift()) {
    const trees = [first.tree];
    let { cells } = first;
    for (;;) {
      let best: { place: number; cells: Cells; count: number } | undefined;
      for (let place = 0; place < Math.min(left.length, MOST_TRIED); place++) {
        const both = union(cells, left[place].cells);
        const count = countOf(both);
        if (count <= MOST_CELLS && (!best || count < best.count)) best = { place, cells: both, count };
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
