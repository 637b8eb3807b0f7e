import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { committedFile } from './committed-file.js';
import { csvPieces } from './csv.js';
import { generateCustomers } from './generate-customers.js';

const text = readFileSync(join(__dirname, '../../bank_data.csv'), 'utf8');
const lines = text.split('\n');

test('data/bank_data.csv is what the generator writes', () => {
  expect([...csvPieces(generateCustomers(committedFile))].join('') === text).toBe(true);
});

test('has the header of the real file', () => {
  expect(lines[0]).toBe(
    ',CLIENTNUM,Attrition_Flag,Customer_Age,Gender,Dependent_count,Education_Level,Marital_Status,' +
      'Income_Category,Card_Category,Months_on_book,Total_Relationship_Count,Months_Inactive_12_mon,' +
      'Contacts_Count_12_mon,Credit_Limit,Total_Revolving_Bal,Avg_Open_To_Buy,Total_Amt_Chng_Q4_Q1,' +
      'Total_Trans_Amt,Total_Trans_Ct,Total_Ct_Chng_Q4_Q1,Avg_Utilization_Ratio',
  );
});

test('has 10,127 rows, 1,627 of them churned, and a line end at its end', () => {
  expect(lines).toHaveLength(10_129);
  expect(lines[10_128]).toBe('');
  expect(text.match(/Attrited Customer/g)).toHaveLength(1627);
});

test('writes each cell as the real file does', () => {
  const row =
    /^\d+,9\d{8},(Existing|Attrited) Customer,\d\d,[FM],\d,[\w -]+,\w+,[\w $+-]+,\w+,(\d+,){4}\d+\.\d,\d+,\d+\.\d,\d\.\d{1,3},\d+,\d+,\d\.\d{1,3},0\.\d{1,3}$/;
  expect(lines.slice(1, -1).filter((line) => !row.test(line))).toEqual([]);
});
