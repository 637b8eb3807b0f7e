import { readFile } from 'node:fs/promises';
import type { Options } from 'tsup';
import ts from 'typescript';

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number];

/**
 * Marks the calls that initialise constants of a module, and those that classes extend, as pure. So a bundler leaves out what a
 * program does not use, as `sideEffects: false` in our packages promises.
 */
export const pureConstants: EsbuildPlugin = {
  name: 'pure-constants',
  setup(build) {
    build.onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, async ({ path }) => ({
      contents: withPureCalls(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

function withPureCalls(text: string): string {
  const { statements } = ts.createSourceFile('module.ts', text, ts.ScriptTarget.ES2022, true);
  const starts = new Set<number>();
  const visit = (node: ts.Node): void => {
    // What a function calls, it calls when it is called.
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) starts.add(node.getStart());
    ts.forEachChild(node, visit);
  };
  for (const statement of statements) {
    if (ts.isVariableStatement(statement)) visit(statement);
    if (ts.isClassDeclaration(statement)) statement.heritageClauses?.forEach(visit);
  }
  return [...starts]
    .sort((a, b) => b - a)
    .reduce((marked, at) => `${marked.slice(0, at)}/* @__PURE__ */ ${marked.slice(at)}`, text);
}
