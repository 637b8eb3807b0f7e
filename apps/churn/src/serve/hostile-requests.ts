import type { Random } from '@churn/core';

/** Texts that parsers of JSON, CSV and HTTP are known to fail on. */
const PIECES = [
  ...['{', '}', '[', ']', ',', ':', '"', '\\', '\n', '\r', '\0', ' ', ';', '%', '\t', '\u001b[2J'],
  ...[
    'null',
    'true',
    '1',
    '-',
    '-0',
    '1e999',
    '-1e308',
    '5e-324',
    'NaN',
    'Infinity',
    '0x1',
    '9007199254740993',
  ],
  ...[
    '"a"',
    '"b"',
    '"plan"',
    'a',
    'plan',
    '"__proto__"',
    '"constructor"',
    'toString',
    '"\\ud800"',
    '"\\u0000"',
  ],
  ...['é', '😀', "'", '\ufeff', '=cmd()', '<script>', 'a,b,plan\n', '1,2,A\n', ',,', '""'],
];

const NUMBERS = [
  ...['1e308', '-1e308', '1e300', '-1e200', '1e155', '1e154', '1e100', '-1e19', '1e999', '-1e999'],
  ...['5e-324', '-5e-324', '1e-308', '-0', '0', '0.1', '1', '-3', '9007199254740993', '1e21', 'null', '"x"'],
];

const METHODS = [
  'GET',
  'POST',
  'HEAD',
  'PUT',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PATCH',
  'PROPFIND',
  'post',
  'G ET',
  '',
];
const PATHS = [
  '/',
  '/v1/predict',
  '/v1/explain',
  '/v1/model',
  '/v2',
  '/v2/models/churn/infer',
  '/v2/models/churn/versions/1',
  '/openapi.json',
  '/page/main.js',
  '/metrics',
  '/readyz',
];
const PATH_PIECES = [
  ...[
    '/',
    '//',
    '..',
    '.',
    '%2e',
    '%2f',
    '%00',
    '%',
    '%zz',
    '%c0%ae',
    '\\',
    '?',
    '?top=',
    '?top=3',
    '&top=9',
    '#',
  ],
  ...[
    '?__proto__[x]=1',
    '?top[]=1',
    ';',
    ' ',
    '\t',
    '*',
    'http://x',
    '~',
    '%0d%0aset-cookie:x',
    'é',
    'a'.repeat(2000),
  ],
];
const HEADERS = [
  ...[
    'content-type: application/json',
    'content-type: text/csv',
    'content-type: application/json; charset=utf-16',
  ],
  ...[
    'content-type: text/csv; charset="latin1"',
    'content-type: __proto__',
    'content-type:',
    'content-type: /',
    'expect: x',
  ],
  ...[
    'expect: 100-continue',
    'transfer-encoding: chunked',
    'transfer-encoding: gzip, chunked',
    'content-length: 5',
  ],
  ...[
    'content-length: -1',
    'content-length: 1, 1',
    'content-length: 99999999999',
    'content-encoding: gzip',
    'te: trailers',
  ],
  ...[
    'connection: close',
    'connection: upgrade\r\nupgrade: websocket',
    'upgrade: h2c',
    'host: y',
    'accept-version: 1.x',
  ],
  ...[
    'x-api-key: a\r\nx-api-key: b',
    'authorization: Bearer',
    '__proto__: x',
    'constructor: x',
    'x: \u001b[2J',
    'x: \0',
  ],
  ...[
    ': x',
    'x',
    ' folded',
    `x: ${'y'.repeat(20_000)}`,
    'x-http-method-override: DELETE',
    'range: bytes=0-1',
  ],
];

function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.int(from.length)];
}

function pieces(random: Random, from: readonly string[], most: number): string[] {
  return Array.from({ length: random.int(most + 1) }, () => pick(random, from));
}

/** Random pieces, often around a valid body, and sometimes with bytes that are not text. */
export function hostileBody(random: Random, good: string): Buffer {
  const parts = pieces(random, PIECES, 7);
  if (random.uniform() < 0.5) parts.splice(random.int(parts.length + 1), 0, good);
  const bytes = Buffer.from(parts.join(''));
  for (let i = random.int(3); i > 0 && bytes.length > 0 && random.uniform() < 0.5; i--) {
    bytes[random.int(bytes.length)] = random.int(256);
  }
  return bytes;
}

/** Well-formed rows with extreme numbers, as an object, a list or CSV. */
export function extremeRows(random: Random): { readonly type: string; readonly body: string } {
  const value = () => (random.uniform() < 0.5 ? String(random.int(9)) : pick(random, NUMBERS));
  const rows = Array.from({ length: 1 + random.int(4) }, () => [
    value(),
    value(),
    pick(random, ['"A"', '"B"', 'null', '""']),
  ]);
  if (random.uniform() < 0.3)
    return { type: 'text/csv', body: `a,b,plan\n${rows.map((row) => `${row}\n`).join('')}` };
  const objects = rows.map(([a, b, plan]) => `{"a":${a},"b":${b},"plan":${plan}}`);
  return { type: 'application/json', body: random.uniform() < 0.5 ? objects[0] : `[${objects}]` };
}

const SHAPES = [
  '[1]',
  '[2]',
  '[2,1]',
  '[]',
  '[0]',
  '[-1]',
  '[1e9]',
  '[1.5]',
  '["1"]',
  '[2,2]',
  'null',
  '[[2]]',
];
const DATATYPES = ['FP64', 'FP32', 'INT64', 'INT32', 'BOOL', 'BYTES', 'UINT64', 'FP16', '__proto__', ''];

/** A partly well-formed inference request, and the bytes after it, if any. */
export function hostileInference(random: Random): { readonly json: string; readonly bytes: Buffer } {
  const isBinary = random.uniform() < 0.4;
  const rows = 1 + random.int(2);
  const shape = () => (random.uniform() < 0.85 ? `[${rows}]` : pick(random, SHAPES));
  const bytes = Buffer.from(Array.from({ length: isBinary ? random.int(60) : 0 }, () => random.int(256)));
  const element = () => (random.uniform() < 0.7 ? String(random.int(9)) : pick(random, NUMBERS));
  const inputs = ['a', 'b', 'plan'].map((name) => {
    const isText = name === 'plan' ? random.uniform() < 0.9 : random.uniform() < 0.1;
    const datatype = random.uniform() < 0.8 ? (isText ? 'BYTES' : 'FP64') : pick(random, DATATYPES);
    const data = Array.from({ length: rows }, () =>
      isText ? pick(random, ['"A"', 'null', '""']) : element(),
    );
    const held =
      isBinary && random.uniform() < 0.5
        ? `"parameters":{"binary_data_size":${random.uniform() < 0.8 ? 8 * rows : pick(random, NUMBERS)}}`
        : `"data":[${random.uniform() < 0.1 ? pick(random, PIECES) : data}]`;
    return `{"name":"${random.uniform() < 0.95 ? name : 'z'}","shape":${shape()},"datatype":"${datatype}",${held}}`;
  });
  const outputs =
    random.uniform() < 0.2 ? `,"outputs":[{"name":"${pick(random, ['probability', 'x'])}"}]` : '';
  return { json: `{"inputs":[${inputs}]${outputs}}`, bytes };
}

/** A complete message that is partly HTTP. */
export function hostileMessage(random: Random, good: string): Buffer {
  const method = random.uniform() < 0.6 ? 'POST' : pick(random, METHODS);
  const path = [pick(random, PATHS), ...pieces(random, PATH_PIECES, 2)].join('');
  const body = random.uniform() < 0.5 ? good : hostileBody(random, good).toString('latin1');
  const headers = ['host: x', ...pieces(random, HEADERS, 3)];
  if (random.uniform() < 0.6) headers.push(`content-length: ${body.length}`);
  const version = random.uniform() < 0.95 ? 'HTTP/1.1' : pick(random, ['HTTP/1.0', 'HTTP/2.0', 'HTTP/9', '']);
  return Buffer.from(`${method} ${path} ${version}\r\n${headers.join('\r\n')}\r\n\r\n${body}`, 'latin1');
}
