import { join } from 'node:path';

/** The built command line. */
export const BIN = join(__dirname, '../../bin/churn.js');
