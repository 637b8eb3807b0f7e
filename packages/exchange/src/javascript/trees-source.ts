import type { ColumnId, ProgramTree, TreesStep } from '../program/program.js';
import { doublesInBase64, integersInBase64 } from './base64.js';
import type { SourceContext } from './expression-source.js';

/** The bits of `kinds`. */
const LEAF = 1;
const SET = 2;
const MISSING_LEFT = 4;

/** A step of trees as a call that returns all sums as an array. The trees become a constant of the module. */
export function treesSource(step: TreesStep, context: SourceContext): string {
  const width = step.outputs.length;
  const numbers = new Numbering<ColumnId>();
  const texts = new Numbering<ColumnId>();
  const levels: Numbering<string>[] = [];
  const thresholds = new Numbering<number>();
  const sets = new Numbering<string>();
  const leaves = new Numbering<string>();
  const flat = {
    kinds: [] as number[],
    columns: [] as number[],
    values: [] as number[],
    rights: [] as number[],
  };
  // All levels must be numbered before a set can be written.
  for (const node of step.trees.flat()) {
    if (node.kind !== 'text') continue;
    const place = texts.of(node.column);
    levels[place] ??= new Numbering();
    for (const level of node.levels) levels[place].of(level);
  }
  const roots = step.trees.map((tree) => {
    const root = flat.kinds.length;
    for (const { node, parent } of preorder(tree)) {
      const at = flat.kinds.length;
      if (parent !== undefined) flat.rights[root + parent] = at;
      flat.rights.push(0);
      if (node.kind === 'leaf') {
        flat.kinds.push(LEAF);
        flat.columns.push(0);
        flat.values.push(leaves.of(node.values.map(text).join()));
      } else if (node.kind === 'number') {
        flat.kinds.push(node.missing === 'left' ? MISSING_LEFT : 0);
        flat.columns.push(numbers.of(node.column));
        flat.values.push(thresholds.of(node.threshold));
      } else {
        const place = texts.of(node.column);
        flat.kinds.push(SET);
        flat.columns.push(place);
        const inside = new Set(node.levels);
        flat.values.push(sets.of(levels[place].all.map((level) => (inside.has(level) ? '1' : '0')).join('')));
      }
    }
    return root;
  });
  context.helper('sumTrees');
  const integers = (values: readonly number[]) => {
    const { text: encoded, width: bytes } = integersInBase64(values);
    return `${context.helper('integers')}("${encoded}", ${bytes})`;
  };
  const doubles = (values: readonly number[]) => `${context.helper('doubles')}("${doublesInBase64(values)}")`;
  const trees = context.constant(
    'trees',
    `{
  width: ${width},
  single: ${step.single ? `{ base: [${step.single.base.map(text).join(', ')}], divisor: ${step.single.divisor} }` : 'null'},
  kinds: ${integers(flat.kinds)},
  columns: ${integers(flat.columns)},
  values: ${integers(flat.values)},
  rights: ${integers(flat.rights)},
  roots: ${integers(roots)},
  thresholds: ${doubles(thresholds.all)},
  leaves: ${doubles(leaves.all.flatMap((each) => each.split(',').map(Number)))},
  sets: ${JSON.stringify(sets.all)},
}`,
  );
  const row = numbers.all.map((id) => context.variable(id)).join(', ');
  const codes = texts.all.map((id, place) => {
    const pairs = levels[place].all.map((level, code) => [level, code]);
    const map = context.constant('codes', `new Map(${JSON.stringify(pairs)})`);
    return `${context.helper('lookUp')}(${map}, ${context.variable(id)}, -1, -1)`;
  });
  return `sumTrees(${trees}, [${row}], [${codes.join(', ')}])`;
}

/** A number as text, distinguishing -0 from 0. */
function text(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Numbers distinct values in order of first appearance. */
class Numbering<T> {
  readonly all: T[] = [];
  readonly #places = new Map<T, number>();

  of(each: T): number {
    const known = this.#places.get(each);
    if (known !== undefined) return known;
    this.#places.set(each, this.all.length);
    return this.all.push(each) - 1;
  }
}

/** The nodes in preorder, each followed by its left or inside child. */
function* preorder(tree: ProgramTree) {
  const waiting: { readonly place: number; readonly parent?: number }[] = [{ place: 0 }];
  let at = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const node = tree[next.place];
    yield { node, parent: next.parent };
    if (node.kind !== 'leaf') {
      const [left, right] = node.kind === 'number' ? [node.left, node.right] : [node.inside, node.outside];
      waiting.push({ place: right, parent: at }, { place: left });
    }
    at++;
  }
}
