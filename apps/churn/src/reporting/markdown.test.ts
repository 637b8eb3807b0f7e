import { visibleText } from '@churn/core';
import fc from 'fast-check';
import { codeBlock, joined, markdown, table } from './markdown';

interface Token {
  readonly type: string;
  readonly content: string;
  readonly children: readonly Token[] | null;
}

const MarkdownIt = jest.requireActual('markdown-it');
/** With all that GitHub knows: HTML, tables, addresses. */
const reader: { parse(text: string, env: object): Token[] } = new MarkdownIt({ html: true, linkify: true });
(reader as unknown as { linkify: { set(options: object): void } }).linkify.set({ fuzzyLink: false });

const read = (text: unknown) => reader.parse(String(text), {});
const typesOf = (tokens: readonly Token[]) => tokens.map(({ type }) => type);
const inlines = (tokens: readonly Token[]) => tokens.filter(({ type }) => type === 'inline');

/** Texts that are markup somewhere. */
const markup = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        ...[
          '|',
          '`',
          '``',
          '*',
          '**',
          '_',
          '__',
          '~~',
          '[a](b)',
          '![a](b)',
          '[a]: b',
          '<b>',
          '<!--',
          '&lt;',
          '\\',
        ],
        ...[
          'https://a.example',
          'http://',
          'mailto:a@b.c',
          '<a@b.c>',
          '\n',
          '\n\n# a',
          '\r',
          '    ',
          '- ',
          '1. ',
          '> ',
        ],
        ...['$a$', '@a', '#1', 'a', ' ', '\n```\n', '~~~', '\u001b[31m', '---', '==='],
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);

describe('markdown', () => {
  it('keeps its template, and escapes inserted texts', () => {
    expect(String(markdown`**${'a*b'}** ${1.5} ${markdown`*${'|'}*`}`)).toBe('**a\\*b** 1.5 *\\|*');
    expect(String(joined(['a_b', '_c_', markdown`_d_`], ', '))).toBe('a_b, \\_c\\_, _d_');
  });

  it('treats no inserted text as markup, in paragraphs and tables', () => {
    fc.assert(
      fc.property(markup, (text) => {
        // An edge of white space is nobody's text.
        const shown = visibleText(text);
        for (const document of [markdown`x${text}y`, table(['h'], [[`x${text}y`]])]) {
          const tokens = read(document);
          const inline = inlines(tokens);
          const { children, content } = inline[inline.length - 1];
          expect(
            typesOf(tokens).filter((type) => /html|heading|list|code|fence|quote|hr/.test(type)),
          ).toEqual([]);
          expect(new Set(typesOf(children ?? []))).toEqual(new Set(['text']));
          expect((children ?? []).map((each) => each.content).join('')).toBe(`x${shown}y`);
          expect(content).not.toMatch(/[\r\n]/);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps a table intact, whatever its texts', () => {
    fc.assert(
      fc.property(markup, markup, (a, b) => {
        const tokens = read(table(['h', a], [[b, a]]));
        expect(typesOf(tokens).filter((type) => /^t[hd]_open$/.test(type))).toHaveLength(4);
      }),
    );
  });

  it('keeps text in a code block', () => {
    fc.assert(
      fc.property(markup, (text) => {
        const tokens = read(markdown`a\n\n${codeBlock(text)}\n\nb`);
        expect(typesOf(tokens).filter((type) => type !== 'inline' && !type.startsWith('paragraph'))).toEqual([
          'fence',
        ]);
      }),
    );
  });
});
