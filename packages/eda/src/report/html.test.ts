import fc from 'fast-check';
import { breakable, html } from './html.js';

describe('html', () => {
  it('keeps its template, and escapes inserted texts', () => {
    expect(String(html`<p title="${'a"b'}">${"<b>&'"}</p>`)).toBe(
      '<p title="a&quot;b">&lt;b&gt;&amp;&#39;</p>',
    );
    expect(String(html`${1.5} ${undefined} ${[html`<i>${'<'}</i>`, ['>', 2]]}`)).toBe(
      '1.5  <i>&lt;</i>&gt;2',
    );
  });

  it('replaces characters that a page cannot contain', () => {
    expect(String(html`${'a\0\ud800\nb'}`)).toBe('a\\u0000\\ud800\nb');
  });

  it('treats no text as markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(String(html`${text}`)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
      }),
    );
  });
});

it('breakable allows a line break after each _', () => {
  expect(String(breakable('a_<b>_c'))).toBe('a_<wbr>&lt;b&gt;_<wbr>c');
});
