import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import { version } from '../../package.json';
import { shown } from '../config/issue-text.js';
import type { RulesMode } from '../scoring/rules-mode.js';
import type { Observer } from './answered.js';
import { addCounterfactualRoute } from './counterfactual-route.js';
import type { ServedCounterfactuals } from './counterfactuals.js';
import { csvAnswer, wantsCsv } from './csv-answer.js';
import { addInferenceHealthRoutes, addInferenceRoutes } from './inference/routes.js';
import type { RotatedLog } from './log/rotated-log.js';
import type { Metrics } from './metrics.js';
import { notifyObservers } from './notify-observers.js';
import { openApi } from './open-api.js';
import { addOutcomeRoute } from './outcome-route.js';
import { pageFiles } from './page-files.js';
import { invalidRows, Problem } from './problem.js';
import { type RequestBody, type RequestRows, readRows } from './read-rows.js';
import { ofOnlyRow, type RequestWarnings, ruleFaults, withWarnings } from './row-answers.js';
import { PAGE_POLICY } from './security-headers.js';
import type { ServedModel } from './served-model.js';
import type { Shadow } from './shadow.js';

/** The maximum number of rows to explain, which takes much longer than scoring. */
const MAX_EXPLAINED = 100;

interface ModelRoutes {
  /** The current model. */
  readonly model: () => ServedModel;
  /** The name of the model in the Open Inference Protocol; by default what it predicts. */
  readonly modelName?: string | undefined;
  readonly metrics: Metrics;
  /** Whether rows that violate declared rules are scored with a warning, or rejected. */
  readonly rules: RulesMode;
  readonly maxRows: number;
  readonly hasKey: boolean;
  readonly observers: readonly Observer[];
  readonly shadow?: Pick<Shadow, 'summary'>;
  /** The log of outcomes; without it, outcomes are not accepted. */
  readonly outcomes?: RotatedLog;
  /** Finds counterfactuals; without it, there is no route for them. */
  readonly counterfactuals?: ServedCounterfactuals;
}

/** Adds the routes that answer from the model, which reveal something about its training data. */
export function addModelRoutes(
  app: FastifyInstance,
  {
    model,
    modelName,
    metrics,
    rules,
    maxRows,
    hasKey,
    observers,
    shadow,
    outcomes,
    counterfactuals,
  }: ModelRoutes,
): void {
  const countRows = (rows: RequestRows) => metrics.rows.inc('single' in rows ? 1 : rows.table.nRows);
  const rowsOf = ({ body }: FastifyRequest, served: ServedModel, limit: number): RequestRows => {
    if (body === undefined) throw new Problem(400, 'Bad request', 'expected a body of JSON or CSV, got none');
    const rows = readRows(body as RequestBody, served, limit);
    countRows(rows);
    return rows;
  };
  /** @throws `Problem` if rows violate rules and must be rejected. */
  const warningsOf = (rows: RequestRows, { warnings }: ServedModel): RequestWarnings => {
    const found = 'single' in rows ? ofOnlyRow(warnings.ofRow(rows.single)) : warnings.ofTable(rows.table);
    for (const [, ofRow] of found) metrics.warn(ofRow);
    const faults = rules === 'reject' ? ruleFaults(found) : [];
    if (faults.length > 0) throw invalidRows(faults);
    return found;
  };

  const notifier = notifyObservers(observers);
  app.addHook('onClose', async () => notifier.flush());
  const predict = async (id: string, rows: RequestRows, served: ServedModel) => {
    const warnings = warningsOf(rows, served);
    const predictions = 'single' in rows ? [await served.scoreOne(rows.single)] : served.score(rows.table);
    notifier.notify({ id, served, rows, predictions });
    return { predictions, warnings };
  };
  app.post('/v1/predict', async (request, reply) => {
    const served = model();
    const rows = rowsOf(request, served, maxRows);
    const { predictions, warnings } = await predict(request.id, rows, served);
    if ('csv' in rows && rows.csv && wantsCsv(request.headers.accept)) {
      reply.type('text/csv; charset=utf-8');
      return csvAnswer(rows.csv, predictions, warnings, served);
    }
    return { model: served.hash, ...withWarnings('predictions', predictions, warnings) };
  });
  app.register((scope, _, done) => {
    addInferenceRoutes(scope, {
      ...{ model, name: modelName, maxRows },
      predict(id, rows, served) {
        countRows(rows);
        return predict(id, rows, served);
      },
    });
    done();
  });
  app.post('/v1/explain', async (request) => {
    const served = model();
    const top = topOf(request.query);
    const rows = rowsOf(request, served, Math.min(maxRows, MAX_EXPLAINED));
    const warnings = warningsOf(rows, served);
    const table = 'single' in rows ? served.tableOf([rows.single]) : rows.table;
    const explanations = served.explain(table).map(({ reasons, ...explanation }) => ({
      ...explanation,
      reasons: reasons.slice(0, top),
    }));
    return { model: served.hash, ...withWarnings('explanations', explanations, warnings) };
  });
  app.get('/v1/model', async () => {
    const served = model();
    const { hash, predicts, fields } = served;
    // Leaves out the large parts: the reference of monitoring and the uplift model.
    const { reference, importances, uplift, ...training } = served.training;
    const { task } = served;
    return {
      ...{ hash, version, predicts, task, columns: fields, ...knownOf(served), maxRows },
      ...(counterfactuals && { counterfactuals: true }),
      training,
    };
  });
  if (counterfactuals) {
    addCounterfactualRoute(app, {
      ...{ model, find: counterfactuals },
      rowsOf: (request, served) => rowsOf(request, served, Math.min(maxRows, MAX_EXPLAINED)),
    });
  }
  if (shadow) app.get('/v1/shadow', async () => shadow.summary());
  if (outcomes) addOutcomeRoute(app, { log: outcomes, model, maxRows });
  app.get('/openapi.json', async () =>
    openApi(model(), version, {
      ...{ hasKey, modelName },
      hasShadow: shadow !== undefined,
      takesOutcomes: outcomes !== undefined,
      hasCounterfactuals: counterfactuals !== undefined,
    }),
  );
}

/** The properties shared by all predictions of a model. */
function knownOf(served: ServedModel): object {
  if (served.task === 'value') return { interval: served.interval ?? null };
  if (served.task === 'survival') return served.durations;
  const { classes, threshold = null, byGroup, uplift } = served;
  // With thresholds by group, `threshold` is that of rows without a group.
  const thresholds = byGroup && { by: byGroup.by, groups: Object.fromEntries(byGroup.thresholds.groups) };
  return {
    classes,
    threshold,
    ...(thresholds && { thresholds }),
    ...(uplift && { treatment: uplift.treatment }),
  };
}

interface OpenRoutes {
  readonly metrics: Pick<Metrics, 'registry'>;
  /** The metrics of models and rows. */
  readonly ofModel: readonly Registry[];
  /** Whether a request may see metrics of the model. */
  readonly mayKnowModel: (request: FastifyRequest) => boolean;
  readonly isDraining: () => boolean;
}

/** Adds the public routes, whose answers do not depend on the model. */
export function addOpenRoutes(
  app: FastifyInstance,
  { metrics, ofModel, mayKnowModel, isDraining }: OpenRoutes,
): void {
  for (const { path, type, text } of pageFiles()) {
    app.get(path, async (_, reply) => {
      reply.type(`${type}; charset=utf-8`).header('content-security-policy', PAGE_POLICY);
      return text;
    });
  }
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_, reply) => {
    if (isDraining()) reply.code(503);
    return { status: isDraining() ? 'closing' : 'ok' };
  });
  addInferenceHealthRoutes(app, isDraining);
  app.get('/metrics', async (request, reply) => {
    const { registry } = metrics;
    reply.type(registry.contentType);
    const sources = mayKnowModel(request) ? [registry, ...ofModel] : [registry];
    return (await Promise.all(sources.map((each) => each.metrics()))).join('');
  });
}

function topOf(query: unknown): number {
  const { top = '5' } = query as Readonly<Record<string, unknown>>;
  if (typeof top === 'string' && /^[1-9]\d{0,3}$/.test(top)) return Number(top);
  throw new Problem(400, 'Bad request', `top: expected an integer from 1 to 9999, got ${shown(top)}`);
}
