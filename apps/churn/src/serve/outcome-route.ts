import type { RowFault } from '@churn/core';
import { canonicalText, quotedList } from '@churn/io';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Outcome, outcomeLine } from './log/outcomes.js';
import type { RotatedLog } from './log/rotated-log.js';
import { Problem } from './problem.js';
import { type RequestBody, readJson } from './read-rows.js';
import type { ServedModel } from './served-model.js';

/** The format of request IDs. */
const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export interface OutcomeRoute {
  readonly log: RotatedLog;
  /** The model whose outcomes are received. */
  readonly model: () => ServedModel;
  readonly maxRows: number;
}

/** Adds the route that receives outcomes of scored rows. It responds once they are in the log. */
export function addOutcomeRoute(app: FastifyInstance, { log, model, maxRows }: OutcomeRoute): void {
  app.post('/v1/outcomes', async ({ body }, reply) => {
    const outcomes = outcomesOf(body as RequestBody | undefined, outcomeFields(model()), maxRows);
    const hasRoom = log.add(outcomes.map(outcomeLine).join(''), outcomes.length);
    const isWritten = hasRoom && (await log.flush());
    if (!isWritten) {
      throw new Problem(503, 'Not stored', 'the outcomes could not be written; send them again later');
    }
    reply.code(202);
    return { accepted: outcomes.length };
  });
}

/** @throws `Problem` naming every invalid value. */
function outcomesOf(body: RequestBody | undefined, fields: OutcomeFields, maxRows: number): Outcome[] {
  if (body === undefined) throw new Problem(400, 'Bad request', 'expected a body of JSON, got none');
  if (body.isCsv) throw new Problem(415, 'Unsupported content type', 'expected application/json');
  const { value } = readJson(body.bytes);
  const given: unknown[] = Array.isArray(value) ? value : [value];
  if (given.length === 0) throw unfit('expected one or more outcomes, got none');
  if (given.length > maxRows) {
    throw new Problem(413, 'Too many rows', `expected at most ${maxRows} outcomes, got ${given.length}`);
  }
  const { data, error } = z.array(outcome(fields, maxRows)).safeParse(given);
  if (data) return data;
  const faults = error.issues.map(({ path: [row, key], message }): RowFault => {
    return { row: Number(row), ...(key !== undefined && { column: String(key) }), detail: message };
  });
  const [{ row, column, detail }] = faults;
  const where = column === undefined ? `outcome ${row}` : `outcome ${row}, ${column}`;
  throw unfit(`${where}: ${detail}${faults.length > 1 ? `, and ${faults.length - 1} more` : ''}`, faults);
}

function outcome(fields: OutcomeFields, maxRows: number) {
  const requestId = z
    .string('expected the ID of a request, from the header x-request-id of its response')
    .regex(ID, 'expected the ID of a request, from the header x-request-id of its response');
  const place = `expected the index of a row in its request, from 0 to ${maxRows - 1}`;
  const row = z
    .int(place)
    .min(0, place)
    .max(maxRows - 1, place)
    .optional();
  return z
    .strictObject(
      { requestId, row, ...fields },
      `expected an object with only requestId, ${Object.keys(fields).join(', ')} and optionally row`,
    )
    .transform(({ requestId, ...rest }) => ({ request: requestId, ...rest }) as Outcome);
}

interface OutcomeFields {
  readonly label: z.ZodType<string>;
  readonly event?: z.ZodType<boolean>;
}

/** The fields of an outcome. */
function outcomeFields(served: ServedModel): OutcomeFields {
  if (served.task === 'value') return { label: z.number('expected a number').transform(String) };
  if (served.task === 'survival') {
    const time = 'expected the time observed since the prediction, a number of at least 0';
    const event = 'expected true if the event occurred at the end of that time, otherwise false';
    return { label: z.number(time).min(0, time).transform(String), event: z.boolean(event) };
  }
  const { classes } = served;
  const known = `expected one of ${quotedList(classes)}`;
  const label = z
    .union([z.string(), z.number(), z.boolean()], known)
    .transform((text) => canonicalText(String(text)))
    .refine((text) => classes.includes(text), known);
  return { label };
}

function unfit(detail: string, errors?: readonly RowFault[]): Problem {
  return new Problem(422, 'The outcomes are invalid', detail, errors);
}
