import type { FastifyInstance, FastifyRequest } from 'fastify';
import { shown } from '../config/issue-text.js';
import type { DecidingModel, ServedCounterfactuals } from './counterfactuals.js';
import { Problem, unfit } from './problem.js';
import type { RequestRows } from './read-rows.js';
import type { ServedModel } from './served-model.js';

interface CounterfactualRoute {
  readonly model: () => ServedModel;
  readonly find: ServedCounterfactuals;
  /** @throws `Problem` if the body does not have rows that fit the model. */
  readonly rowsOf: (request: FastifyRequest, served: ServedModel) => RequestRows;
}

/** Adds the route for counterfactuals of rows. */
export function addCounterfactualRoute(
  app: FastifyInstance,
  { model, find, rowsOf }: CounterfactualRoute,
): void {
  app.post('/v1/counterfactuals', async (request) => {
    const served = model();
    if (served.task === 'survival')
      throw unfit('expected a classification or regression model, got a survival model');
    const target = targetOf(request.query, served);
    const rows = rowsOf(request, served);
    const table = 'single' in rows ? served.tableOf([rows.single]) : rows.table;
    // Reports every row that cannot be scored.
    served.score(table);
    const finder = await find(served, target);
    const counterfactuals = finder(table).map((found) =>
      found.map(({ text, label, prediction, changes }) => ({ text, label, prediction, changes })),
    );
    return { model: served.hash, counterfactuals };
  });
}

/** The value to reach. @throws `Problem` if it is missing or not a number, or if the model is a classifier. */
function targetOf(query: unknown, { task }: DecidingModel): number | undefined {
  const { target } = query as Readonly<Record<string, unknown>>;
  if (task === 'classes') {
    if (target === undefined) return undefined;
    throw unfit(`target: expected none, since the model predicts classes, got ${shown(target)}`);
  }
  const value = typeof target === 'string' && target.trim() !== '' ? Number(target) : NaN;
  if (Number.isFinite(value)) return value;
  const received = target === undefined ? 'none' : shown(target);
  throw new Problem(400, 'Bad request', `target: expected the value to reach, a number, got ${received}`);
}
