// Writes the table of parameters on the page of each model and transformer, packages/*/docs/*.md, from the code: names, types and doc
// comments from the sources, defaults from the built package. What is between the two comments below is replaced. With --check, fails if a
// page would change.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import ts from 'typescript';
import { entryPoints, ROOT } from './entry-points.mjs';

const START = '<!-- parameters -->\n';
const END = '<!-- end -->';

/** How a doc comment states the default: "The columns to scale; default all numeric columns." */
const STATED = /[.;] default ((?:[^.]|\.\d)+?)\.(?=\s|$)|\s*\(default\)/gi;

const entries = entryPoints();
const options = {
  strict: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  paths: Object.fromEntries(entries.map(({ module, source }) => [module, [join(ROOT, source)]])),
};
const documented = [
  ['models', 'index'],
  ['models', 'mljs/index'],
  ['survival', 'index'],
  ['transforms', 'index'],
];
const sources = documented.map(([name, entry]) => join(ROOT, 'packages', name, `src/${entry}.ts`));
const program = ts.createProgram(sources, options);
const checker = program.getTypeChecker();

const stale = [];
for (const [index, [name, entry]] of documented.entries()) {
  const exported = await import(join(ROOT, 'packages', name, `dist/${entry}.js`));
  const symbols = checker.getExportsOfModule(
    checker.getSymbolAtLocation(program.getSourceFile(sources[index])),
  );
  const pages = join(ROOT, 'packages', name, 'docs');
  for (const file of readdirSync(pages)) {
    const text = readFileSync(join(pages, file), 'utf8');
    const title = /^# (.*)$/m.exec(text)?.[1];
    const symbol = symbols.find((each) => each.name === title);
    const at = text.indexOf(START) + START.length;
    if (!symbol || at < START.length) continue;
    const written = text.slice(0, at) + tableOf(symbol, exported[title]) + text.slice(text.indexOf(END, at));
    if (withoutAlignment(written) === withoutAlignment(text)) continue;
    if (process.argv.includes('--check')) stale.push(join(pages, file));
    else writeFileSync(join(pages, file), written);
  }
}
if (stale.length > 0) {
  process.stderr.write(
    `run node docs/parameter-tables.mjs and pnpm format, which update\n${stale.join('\n')}\n`,
  );
  process.exit(1);
}

/** `pnpm format` aligns the columns of tables. */
function withoutAlignment(text) {
  return text.replaceAll(/ +/g, ' ').replaceAll(/-+/g, '-');
}

function tableOf(symbol, { parameters }) {
  const rows = Object.entries(parameters).map(([name, parameter]) => {
    const declared = propertyOf(symbol, name);
    const type = checker.getTypeOfSymbol(declared);
    const [value] = checker.getTypeArguments(type.isIntersection() ? type.types[0] : type);
    const typeText = value ? typeTextOf(value) : 'unknown';
    const comment = ts.displayPartsToString(declared.getDocumentationComment(checker));
    return [
      `\`${name}\``,
      `\`${typeText.replaceAll('|', '\\|')}\``,
      defaultOf(parameter, comment),
      meaningOf(comment),
    ];
  });
  const table = [['Name', 'Type', 'Default', 'Meaning'], ['-', '-', '-', '-'], ...rows];
  return `\n${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n\n`;
}

/** A type without the names of unions, whose members are what the reader needs, and without `readonly`, which holds everywhere. */
function typeTextOf(type) {
  const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;
  return checker
    .typeToString(type, undefined, flags | (type.isUnion() ? ts.TypeFormatFlags.InTypeAlias : 0))
    .replaceAll(/\breadonly /g, '')
    .replaceAll(' | undefined;', ';')
    .replaceAll(/; }/g, ' }')
    .replaceAll(/\bReadonly<(Record<[^<>]*>)>/g, '$1')
    .replaceAll(/\bReadonly<(Record<\w+, Record<[^<>]*>>)>/g, '$1');
}

function propertyOf(symbol, name) {
  const aliased = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const parameters = checker.getPropertyOfType(checker.getTypeOfSymbol(aliased), 'parameters');
  return checker.getPropertyOfType(checker.getTypeOfSymbol(parameters), name);
}

function defaultOf(parameter, comment) {
  if (parameter.isRequired) return 'required';
  if ('default' in parameter) return `\`${inspect(parameter.default, { breakLength: Infinity })}\``;
  const [, stated] = [...comment.matchAll(STATED)][0] ?? [];
  return stated ?? 'none';
}

/** A doc comment on one line, without what the column of defaults says. */
function meaningOf(comment) {
  return comment
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(STATED, (stated) => (/^[.;]/.test(stated) ? '.' : ''))
    .replaceAll('|', '\\|')
    .trim();
}
