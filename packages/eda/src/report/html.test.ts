import fc from 'fast-check';
import { breakable, html } from './html.js';

describe('html', () => {
  it('keeps what is written in it, and escapes what is put into it', () => {
    expect(String(html`<p title="${'a"b'}">${"<b>&'"}</p>`)).toBe(
      '<p title="a&quot;b">&lt;b&gt;&amp;&#39;</p>',
    );
    expect(String(html`${1.5} ${undefined} ${[html`<i>${'<'}</i>`, ['>', 2]]}`)).toBe(
      '1.5  <i>&lt;</i>&gt;2',
    );
  });

  it('shows what a page cannot hold as signs', () => {
    expect(String(html`${'a\0\ud800\nb'}`)).toBe('a\\u0000\\ud800\nb');
  });

  it('takes no text for markup, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(String(html`${text}`)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
      }),
    );
  });
});

it('breakable lets a line end after each _', () => {
  expect(String(breakable('a_<b>_c'))).toBe('a_<wbr>&lt;b&gt;_<wbr>c');
});
