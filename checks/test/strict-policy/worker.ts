// What workerd runs: `workerd test` calls `test`, and shows what it logs.
import { reportOn } from './models.js';

export default {
  async test(_controller: unknown, env: { readonly FILES: string }): Promise<void> {
    // biome-ignore lint/suspicious/noConsole: this is how it answers.
    console.log(JSON.stringify(await reportOn(JSON.parse(env.FILES))));
  },
};
