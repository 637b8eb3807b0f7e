/**
 * A pool whose worker is missing fails at once. Tests that load the sources cannot start the built workers;
 * without this they fail only if a thread starts before the work is done. Tests of threads run the built program.
 */
const { existsSync } = require('node:fs');

jest.mock('piscina', () => {
  const piscina = jest.requireActual('piscina');
  return {
    ...piscina,
    Piscina: class extends piscina.Piscina {
      constructor(options) {
        if (!existsSync(options.filename))
          throw new Error(`No worker ${options.filename}: run the built program`);
        super(options);
      }
    },
  };
});
