/** What stands for standard input or output. */
export const STANDARD_STREAM = '-';
