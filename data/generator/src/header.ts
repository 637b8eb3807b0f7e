/** The columns of the file in their order. The first, the row number, has no name. */
export const header = [
  '',
  'CLIENTNUM',
  'Attrition_Flag',
  'Customer_Age',
  'Gender',
  'Dependent_count',
  'Education_Level',
  'Marital_Status',
  'Income_Category',
  'Card_Category',
  'Months_on_book',
  'Total_Relationship_Count',
  'Months_Inactive_12_mon',
  'Contacts_Count_12_mon',
  'Credit_Limit',
  'Total_Revolving_Bal',
  'Avg_Open_To_Buy',
  'Total_Amt_Chng_Q4_Q1',
  'Total_Trans_Amt',
  'Total_Trans_Ct',
  'Total_Ct_Chng_Q4_Q1',
  'Avg_Utilization_Ratio',
] as const;

/** The columns that always have a decimal in the file: `12691.0`. */
export const decimalColumns: ReadonlySet<string> = new Set([
  'Credit_Limit',
  'Avg_Open_To_Buy',
  'Total_Amt_Chng_Q4_Q1',
  'Total_Ct_Chng_Q4_Q1',
  'Avg_Utilization_Ratio',
]);
