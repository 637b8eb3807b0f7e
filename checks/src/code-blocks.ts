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

/** TypeScript without its types, as an ES module. */
export function javascript(code: string): string {
  return transformSync(code, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
  }).code;
}
