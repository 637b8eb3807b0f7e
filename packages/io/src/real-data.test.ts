import { countMissing } from '@churn/core';
import { csv } from './csv/csv';
import { readCsv } from './csv/read-csv';
import { writeCsv } from './csv/write-csv';
import { useTempFolder } from './files/temp-folder';

const file = process.env.CHURN_REAL_DATA;
const temp = useTempFolder();

if (file === undefined) {
  it.skip('the Credit Card Customers file (skipped: CHURN_REAL_DATA does not give its path)', () =>
    undefined);
} else {
  describe('the Credit Card Customers file', () => {
    it('is read completely, without missing values and with Unknown as a category', async () => {
      const table = await readCsv(file);
      expect(table.nRows).toBe(10_127);
      expect(table.names).toHaveLength(22);
      expect(table.names[0]).toBe('Unnamed: 0');
      for (const [, column] of table.entries()) expect(countMissing(column)).toBe(0);
      expect(table.namesOf('category')).toEqual([
        'Attrition_Flag',
        'Gender',
        'Education_Level',
        'Marital_Status',
        'Income_Category',
        'Card_Category',
      ]);
      expect(table.category('Education_Level').levels).toContain('Unknown');
      expect(table.numeric('Credit_Limit')[0]).toBe(12_691);
      const churned = table.category('Attrition_Flag');
      const code = churned.levels.indexOf('Attrited Customer');
      expect(churned.codes.filter((c) => c === code)).toHaveLength(1627);
    });

    it('is written back unchanged', async () => {
      const { header, records, lines } = await csv.read(file);
      await writeCsv(temp('copy.csv'), { header, records });
      expect(await csv.read(temp('copy.csv'))).toMatchObject({ header, records, lines });
    });
  });
}
