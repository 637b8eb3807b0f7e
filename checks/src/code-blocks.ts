import { transformSync } from '@swc/core';

export interface CodeBlock {
  readonly language: string;
  readonly code: string;
}

/** The fenced blocks of a page, in order. */
export function codeBlocks(page: string): CodeBlock[] {
  const block = /^```(\w+)\n([\s\S]*?)^```$/gm;
  return Array.from(page.matchAll(block), ([, language, code]) => ({ language, code }));
}

/** All blocks of a language, in order. */
export function blocksOf(page: string, language: string): string[] {
  return codeBlocks(page)
    .filter((block) => block.language === language)
    .map(({ code }) => code);
}

/** All blocks of a language, one after the other. */
export function blocks(page: string, language: string): string {
  return blocksOf(page, language).join('');
}

/** Blocks after this mark are a part of a program that the page does not show in full. */
const FRAGMENT = /<!-- a part of a program -->\n+```ts\n([\s\S]*?)^```$/gm;

export function withoutFragments(page: string): string {
  return page.replaceAll(FRAGMENT, '');
}

export function fragmentsOf(page: string): string[] {
  return Array.from(page.matchAll(FRAGMENT), ([, code]) => code);
}

/** Blocks as one module: what several import they import once. */
export function joined(parts: readonly string[]): string {
  const names = new Map<string, Set<string>>();
  const bodies = parts.map((part) =>
    part.replaceAll(/^import \{([^}]*)\} from '([^']*)';\n/gm, (_, list: string, from: string) => {
      const known = names.get(from) ?? new Set();
      for (const imported of list.split(',')) if (imported.trim()) known.add(imported.trim());
      names.set(from, known);
      return '';
    }),
  );
  const imports = [...names].map(([from, list]) => `import { ${[...list].join(', ')} } from '${from}';\n`);
  return [...imports, ...bodies].join('');
}

/** TypeScript without its types, as an ES module. */
export function javascript(code: string): string {
  return transformSync(code, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
  }).code;
}
