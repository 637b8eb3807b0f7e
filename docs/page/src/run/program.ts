import { transform } from 'sucrase';

/** Code blocks as one module that a worker can run. */
export interface Program {
  /** JavaScript with as many lines as the blocks have, and those between them. */
  readonly code: string;
  /** The block and its line, both from 0, that a line of the module comes from, counted from 1. */
  placeOf(line: number): Place;
}

export interface Place {
  readonly block: number;
  readonly line: number;
}

/** A block that cannot be read as TypeScript. */
export class InvalidBlock extends Error {
  constructor(
    message: string,
    readonly place: Place,
  ) {
    super(message);
  }
}

/** The functions that a module calls: what imports a package, tells which block runs, and shows what it made. */
export const LOAD = '__load';
export const BEGIN = '__begin';
export const SHOW = '__show';

/**
 * Makes one module of code blocks: without types, with imports that call `__load`, and a call of `__begin` before each block.
 *
 * @param blocks TypeScript; later blocks see what earlier ones declare, and may import it again.
 * @throws `InvalidBlock` where one is not TypeScript.
 */
export function programOf(blocks: readonly string[]): Program {
  const lines: string[] = [];
  const starts: number[] = [];
  for (const [i, block] of blocks.entries()) {
    lines.push(`${BEGIN}(${i});`);
    starts.push(lines.length);
    lines.push(...block.replace(/\n$/, '').split('\n'), showing(block));
  }
  const placeOf = (line: number): Place => {
    const block = Math.max(
      0,
      starts.findLastIndex((start) => start < line),
    );
    return { block, line: Math.max(0, line - 1 - (starts[block] ?? 0)) };
  };
  return { code: withLoads(withoutTypes(lines.join('\n'), placeOf)), placeOf };
}

/** Shows the top-level constants of a block, of which some may be charts. */
function showing(block: string): string {
  const names = Array.from(block.matchAll(/^(?:export )?const ([\w$]+)\s*[:=]/gm), ([, name]) => name);
  return `await ${SHOW}([${names.join(', ')}]);`;
}

function withoutTypes(code: string, placeOf: Program['placeOf']): string {
  try {
    // The browser knows all but the types.
    return transform(code, { transforms: ['typescript'], disableESTransforms: true }).code;
  } catch (error) {
    const message = (error as Error).message.replace(/^Error transforming .*?: /, '');
    const line = Number(/\((\d+):\d+\)$/.exec(message)?.[1] ?? 1);
    throw new InvalidBlock(message.replace(/ \(\d+:\d+\)$/, ''), placeOf(line));
  }
}

const IMPORT =
  /^import\s+(?:([\w$]+)\s*,?\s*)?(?:\*\s*as\s+([\w$]+)\s*|\{([^}]*)\}\s*)?from\s*(['"])(.*?)\4;?/gm;

/** Imports as declarations, so that the names of packages need no addresses; what was imported before is not declared again. */
function withLoads(code: string): string {
  const known = new Set<string>();
  return code.replaceAll(IMPORT, (all, whole = '', namespace = '', listed = '', _quote, from) => {
    const named = String(listed)
      .split(',')
      .map((each) => each.trim().split(/\s+as\s+/))
      .filter(([name]) => name !== '')
      .map(([name, local = name]) => ({ name, local }));
    if (whole) named.push({ name: 'default', local: whole });
    const added = named.filter(({ local }) => !known.has(local));
    for (const { local } of added) known.add(local);
    const wanted = JSON.stringify(named.map(({ name }) => name));
    const loaded = `await ${LOAD}(${JSON.stringify(from)}, ${wanted})`;
    const members = added.map(({ name, local }) => `${name}: ${local}`).join(', ');
    const declared = [
      ...(namespace && !known.has(namespace) ? [`const ${namespace} = ${loaded};`] : []),
      ...(added.length > 0 ? [`const { ${members} } = ${loaded};`] : []),
    ];
    if (namespace) known.add(namespace);
    return declared.join(' ') + '\n'.repeat(all.split('\n').length - 1);
  });
}
