/** Makes `pilot.csv`: customers of whom half, drawn at random, were sent an offer, and who had left three months later. */
import { writeFileSync } from 'node:fs';
import { customers, HEADER } from './customers.mjs';

const rows = customers(1, 4000).map(({ row }) => row);
writeFileSync(new URL('pilot.csv', import.meta.url), `${[HEADER, ...rows].join('\n')}\n`);
