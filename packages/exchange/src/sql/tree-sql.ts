import type { ProgramNode, ProgramTree, TreesStep } from '../program/program.js';
import { sum } from './arithmetic.js';
import { isOneOf } from './conditions.js';
import { type Fragment, fragment, operand } from './fragment.js';
import { numberFragment, type Scope, withoutNaN } from './scope.js';
import { writeTables } from './tree-table-sql.js';
import { tabulate } from './tree-tables.js';

/** A split: the children for true and false, and the condition. */
type Question = readonly [yes: number, no: number, when: Fragment];

/** The number of trees or tables per SELECT; each SELECT adds to the sums of the previous one. */
const BATCH = 50;
/** Deeper subtrees are separate columns, since databases limit the depth of expressions. */
const DEEPEST = 30;

/**
 * The sums over trees, with a column for each output of a tree, or of a table of several trees if the database supports lists.
 *
 * @param begin starts the SELECT of a batch with the given index.
 */
export function writeTrees(scope: Scope, step: TreesStep, begin: (batch: number) => void): Fragment[] {
  let sums: Fragment[] = step.outputs.map(() => numberFragment(scope, 0));
  const count = Math.max(1, Math.floor(BATCH / step.outputs.length));
  let values: Fragment[][] = step.outputs.map(() => []);
  const add = () => {
    sums = sums.map((sofar, k) => {
      const terms = sofar.constant === 0 ? values[k] : [sofar, ...values[k]];
      return terms.length === 1 ? terms[0] : sum(scope, terms);
    });
    values = step.outputs.map(() => []);
  };
  const addends = addendsOf(scope, step);
  addends.forEach((addend, i) => {
    if (i > 0 && i % count === 0) {
      begin(i / count);
      add();
      sums = sums.map((each) => (each.constant === undefined ? scope.layers.column(each) : each));
    }
    step.outputs.forEach((_, k) => {
      const value = addend(k);
      if (value.constant === 0) return;
      values[k].push(value.constant === undefined ? scope.layers.column(value) : value);
    });
  });
  begin(Math.ceil(addends.length / count));
  add();
  return sums;
}

/** The summands: value k of each tree or table. */
function addendsOf(scope: Scope, { trees, outputs }: TreesStep): ((k: number) => Fragment)[] {
  const ofTree = (tree: ProgramTree) => (k: number) => treeSql(scope, tree, k);
  const { lists } = scope.dialect;
  if (!lists) return trees.map(ofTree);
  const { tables, others } = tabulate(trees, outputs.length);
  return [...writeTables(scope, lists, tables), ...others.map(ofTree)];
}

/** Value k of the row's leaf. */
function treeSql(scope: Scope, tree: ProgramTree, k: number): Fragment {
  const { layers } = scope;
  const questions = tree.map((node) => (node.kind === 'leaf' ? undefined : branches(scope, node)));
  const write = (place: number, depth: number): Fragment => {
    const node = tree[place];
    if (node.kind === 'leaf') return numberFragment(scope, node.values[k]);
    const [yes, no, when] = questions[place]!;
    const [then, otherwise] = [write(yes, depth + 1), write(no, depth + 1)];
    if (then.sql === otherwise.sql) return then;
    const value = fragment(scope.dialect.branch(when.sql, then.sql, otherwise.sql), [when, then, otherwise], {
      isAtom: true,
      range: {
        low: Math.min(then.range.low, otherwise.range.low),
        high: Math.max(then.range.high, otherwise.range.high),
        tiny: Math.min(then.range.tiny, otherwise.range.tiny),
      },
    });
    return depth > 0 && heightOf(place) % DEEPEST === 0 ? layers.column(value) : value;
  };
  const heights = new Int32Array(tree.length);
  for (let place = tree.length - 1; place >= 0; place--) {
    const node = tree[place];
    if (node.kind === 'leaf') continue;
    const [a, b] = node.kind === 'number' ? [node.left, node.right] : [node.inside, node.outside];
    heights[place] = 1 + Math.max(heights[a], heights[b]);
  }
  const heightOf = (place: number) => heights[place];
  return write(0, 0);
}

/** The children and the condition, written so that missing values take the correct branch. */
function branches(scope: Scope, node: Exclude<ProgramNode, { readonly kind: 'leaf' }>): Question {
  const of = withoutNaN(scope, scope.column(node.column));
  if (node.kind === 'text') return [node.inside, node.outside, isOneOf(scope, of, node.levels)];
  const [left, right] = [node.left, node.right];
  if (node.threshold === Infinity || node.threshold === -Infinity) {
    // Non-missing numbers are finite.
    const isPresent = fragment(`${operand(of)} IS NOT NULL`, [of]);
    const present = node.threshold === Infinity ? left : right;
    return [present, node.missing === 'left' ? left : right, isPresent];
  }
  const threshold = scope.dialect.number(node.threshold);
  return node.missing === 'left'
    ? [right, left, fragment(`${operand(of)} > ${threshold}`, [of])]
    : [left, right, fragment(`${operand(of)} <= ${threshold}`, [of])];
}
