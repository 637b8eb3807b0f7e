// `@churn/io` as pages have it, and in place of its functions for files some that throw.
export * from '@churn/io';

const notHere = (): never => {
  throw new Error('there are no files in a page');
};

export const readBytes = notHere;
export const writeCsv = notHere;
export const inFile = notHere;
