import { checkedConfig } from './config';

const data = { file: 'd.csv', target: 'left', positive: 'yes' };
const check = (treatment: unknown, more: object = {}, others: object = {}) =>
  checkedConfig({ data: { ...data, treatment, ...more }, ...others }, 'c.yaml').data.treatment;

it.each<[unknown, string]>([
  ['none', 'none'],
  [0, '0'],
  [false, 'false'],
])('reads the control level from %p', (control, read) => {
  expect(check({ column: ' call ', control })).toEqual({ column: 'call', control: read });
});

it('may be declared as a category', () => {
  expect(check({ column: 'call', control: 0 }, { columns: { call: { kind: 'category' } } })).toBeDefined();
});

const call = { column: 'call', control: 'none' };
it.each<[string, unknown, object, object, string]>([
  ['no control', { column: 'call' }, {}, {}, 'data.treatment.control: '],
  ['an empty column', { column: '', control: 'none' }, {}, {}, 'data.treatment.column: '],
  ['another field', { ...call, treated: 'call' }, {}, {}, 'data.treatment: '],
  [
    'the target',
    { ...call, column: 'left' },
    {},
    {},
    'data.treatment.column: expected another column than data.target, got "left"',
  ],
  [
    'a numeric column',
    call,
    { columns: { call: { kind: 'numeric' } } },
    {},
    'data.columns.call.kind: expected category, since it is the treatment, got numeric',
  ],
  [
    'a date column',
    call,
    {},
    { processing: { dates: { columns: ['call'] } } },
    'processing.dates.columns: expected columns without "call", which is the treatment',
  ],
  [
    'no positive label',
    call,
    { positive: undefined },
    {},
    'data.treatment: expected a positive label, which data.positive names',
  ],
  [
    'a regression target',
    call,
    { target: { value: 'spend' }, positive: undefined },
    {},
    'data.treatment: expected none, since data.target is a value, which has no classes',
  ],
])('rejects %s', (_, treatment, more, others, message) => {
  expect(() => check(treatment, more, others)).toThrow(`c.yaml: ${message}`);
});
