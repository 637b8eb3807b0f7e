import { plainName } from './sql-names.js';

it.each([
  ['StandardScaler', 's1_standard_scaler'],
  ['Kündigung', 's1_kundigung'],
  ['Straße', 's1_strasse'],
  ['Région d’achat', 's1_region_d_achat'],
  ['解約', 's1'],
])('%s becomes %s', (name, expected) => {
  expect(plainName('s1', name)).toBe(expected);
});
