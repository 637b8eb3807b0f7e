import fc from 'fast-check';
import { isoDay, isoInstant, isoTime } from './iso-time';

it('writes days, local times and instants', () => {
  expect([isoDay(0), isoDay(-1), isoDay(19782)]).toEqual(['1970-01-01', '1969-12-31', '2024-02-29']);
  expect(isoTime(1_709_214_300n, 1n)).toBe('2024-02-29T13:45:00');
  expect(isoTime(1_709_214_300_120_000n, 1_000_000n)).toBe('2024-02-29T13:45:00.12');
  expect(isoTime(-1n, 1000n)).toBe('1969-12-31T23:59:59.999');
  expect(isoInstant(1_709_214_300n, 1n)).toBe('2024-02-29T13:45:00.000Z');
  expect(isoInstant(1_709_214_300_123_400n, 1_000_000n)).toBe('2024-02-29T13:45:00.1234Z');
  expect(isoInstant(2n ** 62n, 1n)).toBe(String(2n ** 62n));
});

it('agrees with Date', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (date) => {
      const ticks = BigInt(date.getTime());
      expect(isoInstant(ticks, 1000n)).toBe(date.toISOString());
      expect(isoInstant(ticks * 1_000_000n, 1_000_000_000n)).toBe(date.toISOString());
      expect(new Date(`${isoTime(ticks, 1000n)}Z`)).toEqual(date);
    }),
  );
});
