import { displayInNotebooks } from '../notebook-display.js';
import { EscapedHtml, escapeHtml, type Html } from '../report/html.js';
import { ATTRIBUTES, ELEMENTS, REFERENCE } from './svg-attributes.js';

interface Element {
  readonly tag: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly children: readonly (Element | string)[];
}

/** Declares a prefix that nothing here uses. */
const LEFT_OUT = 'xmlns:xlink';
const WHITE = '#ffffff';

/**
 * A picture that `renderSvg` has drawn, fit to be written to a file and to be a part of a page. It can hold nothing but shapes and
 * text: whatever the specification and the data were, it runs, loads and links to nothing. Jupyter notebooks with a JavaScript kernel show
 * it as the output of a cell.
 */
export type Svg = InertSvg;

/** What is outside of this package cannot make one. */
export class InertSvg {
  readonly #root: Element;

  /** Takes what the drawing library writes; throws where that is more than shapes and text. */
  constructor(text: string) {
    this.#root = parse(text);
    displayInNotebooks(this, () => ({ 'image/svg+xml': this.toString(), 'text/plain': 'SVG' }));
  }

  static is(value: unknown): value is InertSvg {
    return typeof value === 'object' && value !== null && #root in value;
  }

  /** In pixels; 0 where the picture does not say. */
  get width(): number {
    return Number(attribute(this.#root, 'width') ?? 0);
  }

  /** The picture as a document of its own. */
  toString(): string {
    return written(this.#root, '');
  }

  /**
   * The picture as a part of a page, which says itself what it shows: without its white ground, hidden from screen readers, and with `prefix`
   * before the names of what it refers to.
   */
  inPage(prefix: string): Html {
    const [first, ...others] = this.#root.children;
    const children = isGround(first) ? others : this.#root.children;
    const attributes = [...this.#root.attributes, ['aria-hidden', 'true'] as const];
    return new EscapedHtml(written({ ...this.#root, attributes, children }, prefix));
  }
}

function isGround(child: Element | string | undefined): boolean {
  return typeof child === 'object' && child.tag === 'rect' && attribute(child, 'fill') === WHITE;
}

function attribute({ attributes }: Element, name: string): string | undefined {
  return attributes.find(([each]) => each === name)?.[1];
}

function written({ tag, attributes, children }: Element, prefix: string): string {
  const given = attributes.map(([name, value]) => ` ${name}="${escapeHtml(named(name, value, prefix))}"`);
  const start = `<${tag}${given.join('')}`;
  if (children.length === 0) return `${start}/>`;
  const content = children.map((child) =>
    typeof child === 'string' ? escapeHtml(child) : written(child, prefix),
  );
  return `${start}>${content.join('')}</${tag}>`;
}

function named(name: string, value: string, prefix: string): string {
  return name === 'id' ? prefix + value : value.replace(REFERENCE, `url(#${prefix}$1)`);
}

const TOKEN = /<\/([A-Za-z]+)>|<([A-Za-z]+)((?: [A-Za-z][\w:-]*="[^"<>]*")*)(\/?)>|([^<>]+)/y;
const ATTRIBUTE = / ([^=]+)="([^"]*)"/g;

/** What the drawing library writes of XML, and what is written here: elements, attributes in double quotes, and text. */
function parse(svg: string): Element {
  const top: (Element | string)[] = [];
  const open: { tag: string; children: (Element | string)[] }[] = [{ tag: '', children: top }];
  for (let place = 0; place < svg.length; place = TOKEN.lastIndex) {
    TOKEN.lastIndex = place;
    const token = TOKEN.exec(svg);
    if (!token) throw new Error(`expected shapes and text, got ${svg.slice(place, place + 40)}`);
    const [, closed, tag, attributes, isEmpty, text] = token;
    const { children } = open[open.length - 1];
    if (text !== undefined) children.push(decoded(text));
    else if (closed !== undefined) {
      if (open.length === 1 || open.pop()?.tag !== closed)
        throw new Error(`<${closed}> ends where it was not begun`);
    } else {
      if (!ELEMENTS.has(tag)) throw new Error(`a chart is made of shapes and text, without <${tag}>`);
      const element = { tag, attributes: attributesOf(attributes), children: [] };
      children.push(element);
      if (!isEmpty) open.push(element);
    }
  }
  const [root] = top;
  if (open.length > 1 || top.length !== 1 || typeof root === 'string' || root.tag !== 'svg')
    throw new Error('expected one picture');
  return root;
}

function attributesOf(text: string): Element['attributes'] {
  return Array.from(text.matchAll(ATTRIBUTE), ([, name, value]) => [name, decoded(value)] as const)
    .filter(([name]) => name !== LEFT_OUT)
    .map(([name, value]) => {
      if (!ATTRIBUTES.get(name)?.test(value))
        throw new Error(`a chart is made of shapes and text, without ${name}="${value.slice(0, 60)}"`);
      return [name, name === 'd' || name === 'transform' ? rounded(value) : value];
    });
}

/** With coordinates to a hundredth of a pixel, which makes a picture much smaller and looks the same. */
function rounded(coordinates: string): string {
  return coordinates.replace(/\d+\.\d{3,}(?!\d*e)/g, (number) => String(Number(Number(number).toFixed(2))));
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&#x9;', '\t'],
  ['&#xA;', '\n'],
  ['&#xD;', '\r'],
]);

function decoded(text: string): string {
  return text.replace(/&[^;]*;?/g, (entity) => {
    const letter = ENTITIES.get(entity);
    if (letter === undefined) throw new Error(`expected an entity of XML, got ${entity}`);
    return letter;
  });
}
