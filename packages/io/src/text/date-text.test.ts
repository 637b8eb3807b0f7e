import fc from 'fast-check';
import { canonicalDate, clockOf, type DateOrder } from './date-text';

const utc = clockOf();

describe('canonicalDate', () => {
  it.each<[string, DateOrder | undefined, string]>([
    ['2024-02-29', undefined, '2024-02-29'],
    ['2024/2/9', undefined, '2024-02-09'],
    ['2024.02.09', 'dayFirst', '2024-02-09'],
    ['20240229', undefined, '2024-02-29'],
    ['2024-02-29T13:45', undefined, '2024-02-29T13:45:00'],
    ['2024-02-29 13:45:10', undefined, '2024-02-29T13:45:10'],
    ['2024-02-29T13:45:10.250', undefined, '2024-02-29T13:45:10.25'],
    ['2024-02-29 00:00:00', undefined, '2024-02-29'],
    ['2024-02-29T13:45:00Z', undefined, '2024-02-29T13:45:00'],
    ['2024-02-29T13:45:00+02:00', undefined, '2024-02-29T11:45:00'],
    ['2024-02-29 13:45:00+0200', undefined, '2024-02-29T11:45:00'],
    ['2024-03-01T01:00:00+02', undefined, '2024-02-29T23:00:00'],
    ['2024-02-29 20:00:00 -05:30', undefined, '2024-03-01T01:30:00'],
    ['2024-02-29 13:45:00 UTC', undefined, '2024-02-29T13:45:00'],
    ['29/02/2024', 'dayFirst', '2024-02-29'],
    ['29.2.2024', 'dayFirst', '2024-02-29'],
    ['29-02-24', 'dayFirst', '2024-02-29'],
    ['29.02.2024 13:45', 'dayFirst', '2024-02-29T13:45:00'],
    ['2/29/2024', 'monthFirst', '2024-02-29'],
    ['2/29/2024 1:45:10 PM', 'monthFirst', '2024-02-29T13:45:10'],
    ['2/29/2024, 12:05 a.m.', 'monthFirst', '2024-02-29T00:05:00'],
    ['02-03-2024', 'monthFirst', '2024-02-03'],
    ['02-03-2024', 'dayFirst', '2024-03-02'],
    ['01/01/68', 'dayFirst', '2068-01-01'],
    ['01/01/69', 'dayFirst', '1969-01-01'],
    ['29 Feb 2024', undefined, '2024-02-29'],
    ['29-FEB-24', undefined, '2024-02-29'],
    ['Feb 29, 2024', undefined, '2024-02-29'],
    ['february 29 2024', undefined, '2024-02-29'],
    ['Sept. 1st, 2023', undefined, '2023-09-01'],
    ['2024-Feb-29', undefined, '2024-02-29'],
    ['Thu, 29 Feb 2024 13:45:00 GMT', undefined, '2024-02-29T13:45:00'],
    ['Thursday, February 29, 2024', undefined, '2024-02-29'],
    ['0024-02-29', undefined, '0024-02-29'],
  ])('reads %j, %s', (text, order, canonical) => {
    expect(canonicalDate(text, order, utc)).toBe(canonical);
    expect(canonicalDate(canonical, order, utc)).toBe(canonical);
  });

  it.each<[string, DateOrder | undefined]>([
    ['29/02/2024', undefined],
    ['2/29/2024', 'dayFirst'],
    ['29/02/2024', 'monthFirst'],
    ['2023-02-29', undefined],
    ['1900-02-29', undefined],
    ['2024-13-01', undefined],
    ['2024-00-10', undefined],
    ['2024-01-00', undefined],
    ['31/04/2024', 'dayFirst'],
    ['2024-02', undefined],
    ['13:45', undefined],
    ['2024-02-29T25:00', undefined],
    ['2024-02-29T13:60', undefined],
    ['2024-02-29 13:00 PM', undefined],
    ['2024-02-29T13:45:00+99:00', undefined],
    ['2024-02/29', undefined],
    ['29 Foo 2024', undefined],
    ['1.2.3', 'dayFirst'],
    ['12345', undefined],
    ['today', undefined],
    ['', undefined],
  ])('rejects %j as a date, %s', (text, order) => {
    expect(canonicalDate(text, order, utc)).toBeUndefined();
  });

  it('rejects a long text as a date', () => {
    expect(canonicalDate(`2024-02-29${' '.repeat(100_000)}x`, undefined, utc)).toBeUndefined();
  });

  it('converts instants to a time zone with summer time, and keeps other times', () => {
    const berlin = clockOf('Europe/Berlin');
    expect(canonicalDate('2024-01-31T23:30:00Z', undefined, berlin)).toBe('2024-02-01T00:30:00');
    expect(canonicalDate('2024-07-01T23:30:00Z', undefined, berlin)).toBe('2024-07-02T01:30:00');
    expect(canonicalDate('2024-07-01T22:00:00Z', undefined, berlin)).toBe('2024-07-02');
    expect(canonicalDate('2024-07-01T23:30:00', undefined, berlin)).toBe('2024-07-01T23:30:00');
  });

  it('rejects an unknown time zone', () => {
    expect(() => clockOf('Europe/Berln')).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        message: 'timeZone: expected a name such as "Europe/Berlin", got "Europe/Berln"',
      }),
    );
  });

  it('reads a day in every notation', () => {
    const names = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
    const days = fc.date({ min: new Date('1970-01-01'), max: new Date('2068-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.constantFrom('/', '.', '-'), fc.boolean(), (date, mark, isPadded) => {
        const iso = date.toISOString().slice(0, 10);
        const [year, ...parts] = iso.split('-');
        const [month, day] = isPadded ? parts : parts.map((part) => String(Number(part)));
        const name = names[Number(month) - 1];
        const read = (text: string, order?: DateOrder) => canonicalDate(text, order, utc);
        expect(read([year, month, day].join(mark))).toBe(iso);
        expect(read([day, month, year].join(mark), 'dayFirst')).toBe(iso);
        expect(read([month, day, year].join(mark), 'monthFirst')).toBe(iso);
        expect(read([day, month, year.slice(2)].join(mark), 'dayFirst')).toBe(iso);
        expect(read(`${day} ${name} ${year}`)).toBe(iso);
        expect(read(`${name} ${day}, ${year}`)).toBe(iso);
        const moment = date.toISOString().replace('.000Z', 'Z');
        expect(read(moment)).toBe(moment.replace(/(T00:00:00)?Z$/, '').replace(/(\.\d*?)0+$/, '$1'));
      }),
    );
  });
});
