import type { SqlDialect } from '../dialect.js';

/** The syntax that most databases share. */
export const ansi = {
  numberType: 'DOUBLE',
  textType: 'VARCHAR',
  infinity: "CAST('Infinity' AS DOUBLE)",
  raises: { overflow: false, underflow: false },
  starWithout: 'EXCLUDE',
  number: exponentForm,
  text: (value) => `'${value.replaceAll("'", "''")}'`,
  identifier: (name) => `"${name.replaceAll('"', '""')}"`,
  digitsToNumber: (text) => `CAST(${text} AS DOUBLE)`,
  branch: (when, then, otherwise) => `CASE WHEN ${when} THEN ${then} ELSE ${otherwise} END`,
} as const satisfies Partial<SqlDialect>;

/** The shortest decimal that parses to the same double, with an exponent so that it is a double literal. */
function exponentForm(value: number): string {
  const text = String(value);
  return text.includes('e') ? text : `${text}e0`;
}

/** The same with a decimal point or an exponent. */
export function pointForm(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** A text literal in a dialect with backslash escapes; characters other than printable ASCII and letters are escaped. */
export function backslashText(value: string, quote = "'"): string {
  const escaped = value.replace(/[\\'"`\n\r\t\0]/g, (letter) => ESCAPES[letter] ?? `\\${letter}`);
  return `${quote}${escaped}${quote}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' };
