import { ChurnError } from '@churn/core';
import { quoted } from '@churn/io';
import { type Document, isScalar, Lexer, LineCounter, Parser, parseDocument, visit } from 'yaml';

/** The maximum nesting depth of lists and maps; a configuration has fewer than ten levels. */
const DEEPEST = 50;
/** The maximum number of expanded aliases, counting nested ones multiplied: otherwise a few lines of YAML can exceed the memory. */
const MAX_ALIASES = 100;

/**
 * Parses a YAML 1.2 document.
 * @param source the name of the text, for messages.
 * @throws `invalid-file`, naming the line, if it is not valid YAML, has a duplicate key, is nested too deeply or has too many aliases.
 */
export function parseYaml(text: string, source: string): unknown {
  const lines = new LineCounter();
  const refuse = (offset: number, what: string, cause?: unknown) =>
    new ChurnError('invalid-file', `${source}, line ${lines.linePos(offset).line}: ${what}`, { cause });
  refuseDepth(text, source);
  // The library's check for unique keys is quadratic.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: 'error' });
  const [error] = document.errors;
  if (error) {
    if (error.code === 'MULTIPLE_DOCS')
      throw refuse(error.pos[0], 'expected the end, got a second document', error);
    throw refuse(error.pos[0], `not valid YAML: ${syntaxFault(error.message)}`, error);
  }
  const repeated = repeatedKey(document);
  if (repeated) throw refuse(repeated.offset, `the key ${quoted(repeated.key)} appears twice`);
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    if (isDeeper(value, DEEPEST)) throw new RangeError('an alias is inside its own anchor');
    return value;
  } catch (cause) {
    const { offset, isUnknown } = aliasAmiss(document);
    const why = isUnknown
      ? 'an alias has no anchor before it'
      : `expected at most ${MAX_ALIASES} aliases, none of them inside its own anchor`;
    throw refuse(offset, why, cause);
  }
}

/** The errors of the YAML parser that configurations have in practice, and what they mean for whoever writes one. */
const SYNTAX_FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^Implicit (map )?keys need.*/, 'expected `key: value`; is a colon missing?'],
  [
    /^Nested mappings are not allowed.*/,
    'expected one `key: value` on a line, at the indentation of its neighbours; a value that contains ": " needs quotes',
  ],
  [/^All mapping items must.*/, 'expected the keys of one level at the same indentation'],
  [/^All sequence items must.*/, 'expected the items of one list at the same indentation'],
  [/^Tabs are not allowed.*/, 'expected spaces as indentation, got a tab'],
  [/^Missing closing (['"]).*/, 'a text in quotes does not end; expected a closing $1'],
  [/^Flow .* end with a ([\]}])/, 'expected a closing $1 before this line'],
  [/^Plain value cannot start with .*?(\S)$/, 'a value that begins with $1 needs quotes'],
  [/^Unexpected .*/, 'unexpected text; a value with special characters needs quotes'],
];

function syntaxFault(message: string): string {
  const text = message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, '');
  const known = SYNTAX_FAULTS.find(([pattern]) => pattern.test(text));
  return known ? text.replace(...known) : text;
}

/** Checks the depth before composing, which is recursive. */
function refuseDepth(text: string, source: string): void {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    if (parser.stack.length <= 2 * DEEPEST) continue;
    throw new ChurnError(
      'invalid-file',
      `${source}, line ${lines.linePos(parser.offset).line}: expected at most ${DEEPEST} nested lists and maps`,
    );
  }
}

function repeatedKey(document: Document): { readonly key: string; readonly offset: number } | undefined {
  let found: { key: string; offset: number } | undefined;
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const text = String(key.value);
        if (keys.has(text)) {
          found = { key: text, offset: key.range?.[0] ?? 0 };
          return visit.BREAK;
        }
        keys.add(text);
      }
      return undefined;
    },
  });
  return found;
}

/** The first alias without a preceding anchor, or else the first alias. */
function aliasAmiss(document: Document): { readonly offset: number; readonly isUnknown: boolean } {
  const anchors = new Set<string>();
  let amiss: { offset: number; isUnknown: boolean } | undefined;
  visit(document, {
    Value(_, { anchor }) {
      if (anchor) anchors.add(anchor);
    },
    Alias(_, { source, range }) {
      const isUnknown = !anchors.has(source);
      if (!amiss || isUnknown) amiss = { offset: range?.[0] ?? 0, isUnknown };
      return isUnknown ? visit.BREAK : undefined;
    },
  });
  return amiss ?? { offset: 0, isUnknown: false };
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}
