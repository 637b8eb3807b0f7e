import { parseIsoDate } from './iso-date';

it.each([
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ['2024-02-29T13:45', '2024-02-29T13:45:00.000Z'],
  ['2024-02-29 13:45:59.999', '2024-02-29T13:45:59.000Z'],
  ['2024-02-29T13:45:00Z', '2024-02-29T13:45:00.000Z'],
  ['0024-01-01', '0024-01-01T00:00:00.000Z'],
])('parseIsoDate reads %s as UTC', (text, date) => {
  expect(parseIsoDate(text)?.toISOString()).toBe(date);
});

it.each([
  '',
  '2023-02-29',
  '2024-13-01',
  '2024-00-10',
  '2024-02-29T24:00',
  '2024-02-29T12:60',
  '2024-02-29T12:00:60',
  '2024-02-29T12:00+01:00',
  '29.02.2024',
  ' 2024-02-29',
])('parseIsoDate rejects %j', (text) => {
  expect(parseIsoDate(text)).toBeUndefined();
});
