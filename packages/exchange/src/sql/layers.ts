import type { Fragment } from './fragment.js';

/** A SELECT that adds columns to those of the previous layer. */
export interface Layer {
  readonly name: string;
  readonly columns: readonly LayerColumn[];
  /** The columns of earlier layers that this or a later layer reads. */
  readonly carried: readonly string[];
  /** Columns of earlier layers that are no longer read. */
  readonly dropped: readonly string[];
}

interface LayerColumn {
  readonly name: string;
  readonly sql: string;
}

interface Defined extends LayerColumn {
  readonly uses: ReadonlySet<string>;
  readonly group: number;
  /** The index of its layer within the group, determined by the columns that it reads. */
  readonly level: number;
}

/** Longer expressions are stored in a column if they are used several times. */
const MAX_REPEATED_LENGTH = 40;

/**
 * The columns of a query in the order of computation: one group per step, with as many layers as the dependencies in the group need.
 * Columns that no result depends on are omitted.
 */
export class Layers {
  readonly #groups: string[] = [];
  readonly #columns = new Map<string, Defined>();
  #bound = new Map<string, Fragment>();
  #count = 0;

  /** Starts the next group. */
  begin(name: string): void {
    this.#groups.push(name);
    this.#bound = new Map();
  }

  /** Adds a column to the group. @returns a fragment that reads it. */
  define(name: string, value: Fragment): Fragment {
    const group = this.#groups.length - 1;
    const levels = Array.from(value.uses, (each) => {
      const used = this.#columns.get(each);
      return used?.group === group ? used.level + 1 : 0;
    });
    const level = Math.max(0, ...levels);
    this.#columns.set(name, { name, sql: value.sql, uses: value.uses, group, level });
    return { sql: name, uses: new Set([name]), isAtom: true, range: value.range, mayBeNaN: value.mayBeNaN };
  }

  /** A fragment that is cheap to repeat: the fragment itself if it is short, otherwise a column with its value. */
  bind(value: Fragment): Fragment {
    return value.sql.length <= MAX_REPEATED_LENGTH ? value : this.column(value);
  }

  /** A column with the value; reuses an existing column of the group. */
  column(value: Fragment): Fragment {
    const former = this.#columns.has(value.sql) ? value : this.#bound.get(value.sql);
    if (former) return former;
    const made = this.define(`v${this.#count++}`, value);
    this.#bound.set(value.sql, made);
    return made;
  }

  /** The layers that `results` depend on, in order. */
  layersFor(results: Iterable<string>): Layer[] {
    const needed = this.#neededFor(results);
    const layers: Layer[] = [];
    let live: string[] = [];
    const lastUse = this.#lastUses(needed, results);
    for (const { key, name, columns } of this.#byLayer(needed)) {
      const carried = live.filter((each) => lastUse(each) > key);
      const dropped = live.filter((each) => lastUse(each) <= key);
      layers.push({ name, columns, carried, dropped });
      live = [...carried, ...columns.map((column) => column.name)];
    }
    return layers;
  }

  #neededFor(results: Iterable<string>): Set<string> {
    const needed = new Set<string>();
    const open = [...results];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const column = this.#columns.get(name);
      if (!column || needed.has(name)) continue;
      needed.add(name);
      open.push(...column.uses);
    }
    return needed;
  }

  /** A layer number from the number of the group and the level within it. */
  #byLayer(needed: ReadonlySet<string>) {
    const layers = new Map<number, Defined[]>();
    for (const column of this.#columns.values()) {
      if (!needed.has(column.name)) continue;
      const key = keyOf(column);
      layers.set(key, [...(layers.get(key) ?? []), column]);
    }
    const used = new Map<string, number>();
    return [...layers.keys()]
      .sort((a, b) => a - b)
      .map((key) => {
        const columns = layers.get(key) ?? [];
        const group = this.#groups[columns[0].group];
        const count = (used.get(group) ?? 0) + 1;
        used.set(group, count);
        return { key, name: count === 1 ? group : `${group}_${count}`, columns };
      });
  }

  #lastUses(needed: ReadonlySet<string>, results: Iterable<string>): (name: string) => number {
    const last = new Map<string, number>();
    for (const name of needed) {
      const column = this.#columns.get(name);
      if (!column) continue;
      for (const each of column.uses) last.set(each, Math.max(last.get(each) ?? 0, keyOf(column)));
    }
    for (const name of results) last.set(name, Infinity);
    return (name) => last.get(name) ?? -1;
  }
}

/** Larger than the number of levels of a group. */
const LEVELS = 100_000;

function keyOf({ group, level }: Defined): number {
  return group * LEVELS + level;
}
