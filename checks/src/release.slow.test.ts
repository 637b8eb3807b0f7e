import { join } from 'node:path';
import { root, run } from './process';

// It installs a registry and the whole workspace once more: a minute that a run of all tests should not take by itself.
const rehearsed = process.env.CHECK_RELEASE === '1';

(rehearsed ? it : it.skip)(
  `can be released: versioned, published and installed from a registry${rehearsed ? '' : ' (skipped: CHECK_RELEASE=1 rehearses it)'}`,
  () => {
    const said = run(process.execPath, [join(root, 'checks/scripts/rehearse.mjs')], root);
    expect(said).toMatch(/works\n$/);
  },
  300_000,
);
