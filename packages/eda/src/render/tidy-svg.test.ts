import { tidySvg } from './tidy-svg.js';

describe('tidySvg', () => {
  it('rounds coordinates, and nothing else', () => {
    expect(
      tidySvg('<path aria-label="x: 1.23456; d=&quot;9.87654&quot;" d="M1.23456,-2.005e-7L3.999,4.5"/>'),
    ).toBe('<path aria-label="x: 1.23456; d=&quot;9.87654&quot;" d="M1.23,-2.005e-7L4,4.5"/>');
    expect(tidySvg('<g transform="translate(0.33333,10.1251)">')).toBe(
      '<g transform="translate(0.33,10.13)">',
    );
    expect(tidySvg('<text> d="1.23456"</text>')).toBe('<text> d="1.23456"</text>');
  });

  it('shows what XML forbids as signs', () => {
    expect(tidySvg('<text>a\u0007\nb</text>')).toBe('<text>a\\u0007\nb</text>');
  });
});
