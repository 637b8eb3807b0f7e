/** Elements that a picture is made of: none that loads, links, moves or runs anything. */
export const ELEMENTS: ReadonlySet<string> = new Set([
  'svg',
  'g',
  'path',
  'rect',
  'line',
  'text',
  'tspan',
  'defs',
  'clipPath',
  'linearGradient',
  'radialGradient',
  'stop',
  'pattern',
]);

/** A number, a word, a colour, or a list of moves: without quotes, escapes, addresses, and functions but these. */
const PLAIN = /^(?:(?:rgba?|hsla?|translate|rotate|scale)\(|[\w\s.,#%+-]|\))*$/;
const PATH = /^[\w\s.,+-]*$/;
/** Names of fonts are text within a style. */
const FONTS = /^[\p{L}\p{N}\s.,_'"-]*$/u;
const NAME = /^[A-Za-z_][\w-]*$/;
const BLEND = /^mix-blend-mode: [a-z-]+;$/;
/** Of something in the same picture. */
export const REFERENCE = /^url\(#([A-Za-z_][\w-]*)\)$/;
const PAINT = new RegExp(`${REFERENCE.source}|${PLAIN.source}`);
const TEXT = /^/;

const PLAIN_ATTRIBUTES =
  `width height viewBox version transform x y x1 x2 y1 y2 dx dy cx cy r fx fy fr offset stop-color
  fill-opacity stroke-opacity stroke-width stroke-linecap stroke-linejoin stroke-dasharray stroke-dashoffset stroke-miterlimit opacity
  font-size font-style font-variant font-weight text-anchor display pointer-events vector-effect preserveAspectRatio
  role aria-hidden`.split(/\s+/);

/** What each attribute may hold. */
export const ATTRIBUTES: ReadonlyMap<string, RegExp> = new Map([
  ...PLAIN_ATTRIBUTES.map((name) => [name, PLAIN] as const),
  ['d', PATH],
  ['fill', PAINT],
  ['stroke', PAINT],
  ['clip-path', REFERENCE],
  ['id', NAME],
  ['xmlns', /^http:\/\/www\.w3\.org\/2000\/svg$/],
  ['font-family', FONTS],
  ['style', BLEND],
  // Texts, which an attribute of these names never takes for anything else.
  ['class', TEXT],
  ['aria-label', TEXT],
  ['aria-roledescription', TEXT],
]);
