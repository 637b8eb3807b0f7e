import { InertSvg } from './svg.js';

const picture = (content: string) => `<svg xmlns="http://www.w3.org/2000/svg" class="marks">${content}</svg>`;

describe('InertSvg', () => {
  it('rounds coordinates, but no numbers in texts', () => {
    const path =
      '<path aria-label="x: 1.23456; d=&quot;9.87654&quot;" d="M1.23456,-2.005e-7L3.999,4.5"/><text> d="1.23456" &lt;&amp;</text>';
    expect(String(new InertSvg(picture(path)))).toBe(
      picture(
        '<path aria-label="x: 1.23456; d=&quot;9.87654&quot;" d="M1.23,-2.005e-7L4,4.5"/><text> d=&quot;1.23456&quot; &lt;&amp;</text>',
      ),
    );
    expect(String(new InertSvg(picture('<g transform="translate(0.33333,10.1251)"/>')))).toBe(
      picture('<g transform="translate(0.33,10.13)"/>'),
    );
  });

  it('replaces characters forbidden in XML', () => {
    expect(String(new InertSvg(picture('<text>a\u0007\nb</text>')))).toBe(
      picture('<text>a\\u0007\nb</text>'),
    );
  });

  it('is embedded in a page without its white background, with unique ids', () => {
    const svg = new InertSvg(
      picture(
        '<rect width="9" height="9" fill="#ffffff"/><g clip-path="url(#clip1)"><path fill="url(#gradient_0)" d="M0,0"/></g><defs><clipPath id="clip1"><rect fill="#ffffff"/></clipPath><linearGradient id="gradient_0"/></defs>',
      ),
    );
    const drawn = picture(
      '<g clip-path="url(#c1-clip1)"><path fill="url(#c1-gradient_0)" d="M0,0"/></g><defs><clipPath id="c1-clip1"><rect fill="#ffffff"/></clipPath><linearGradient id="c1-gradient_0"/></defs>',
    );
    expect(String(svg.inPage('c1-'))).toBe(
      drawn.replace('class="marks"', 'class="marks" aria-hidden="true"'),
    );
  });

  it.each([
    '<script>1</script>',
    '<foreignObject/>',
    '<a href="#x"><g/></a>',
    '<image href="x.png"/>',
    '<use href="#a"/>',
    '<animate/>',
    '<style>g{}</style>',
    '<g onload="1"/>',
    '<g style="cursor: url(x)"/>',
    '<g fill="url(https://a.example/x)"/>',
    '<g fill="URL(#a) url(b)"/>',
    '<g fill="u\\72l(b)"/>',
    '<g fill="image-set(b)"/>',
    '<g stroke="var(--a)"/>',
    '<g clip-path="url(a.svg#b)"/>',
    '<g font-family="a;b"/>',
    '<path d="M0,0(1)"/>',
    '<g id="a b"/>',
    '<g xmlns="http://www.w3.org/1999/xhtml"/>',
    '<!-- a -->',
    '<![CDATA[a]]>',
    '<?xml version="1.0"?>',
    '&nbsp;',
    "<g class='a'/>",
    '<g class=a/>',
    '<g>',
    '</g>',
  ])('rejects %s', (content) => {
    expect(() => new InertSvg(picture(content))).toThrow(/expected|only shapes and text|ends where/);
  });

  it.each(['', 'text', '<g/>', '<svg/><svg/>', '<svg>', 'a<svg/>'])('is one image, and not %p', (text) => {
    expect(() => new InertSvg(text)).toThrow(/expected one picture/);
  });

  it('recognises its own kind', () => {
    expect(InertSvg.is(new InertSvg(picture('')))).toBe(true);
    for (const other of [picture(''), undefined, null, {}, Object.create(InertSvg.prototype)])
      expect(InertSvg.is(other)).toBe(false);
  });
});
