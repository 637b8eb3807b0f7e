import { join } from 'node:path';
import { ChurnError, isPipeline } from '@churn/core';
import { loadModel } from '@churn/io';
import { classesOfModels } from './model-classes.js';
import { score } from './score.js';

/** What this needs of an event of API Gateway, in its format 2.0, or of a function URL. */
interface HttpEvent {
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** What API Gateway makes an answer of HTTP of. */
interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

// Once a start, before the first event, and outside of its time.
const file = process.env.MODEL_FILE ?? join(import.meta.dirname, 'model.json');
const { model, hash } = await loadModel(file, classesOfModels);
if (!isPipeline(model)) throw new Error(`${file}: expected a pipeline, got ${model.type}`);
const pipeline = model;

/** Answers `{"age": 45, …}`, or a list of such rows, with the probability of each class and what each row is called. */
export async function handler({ body = '', isBase64Encoded = false }: HttpEvent): Promise<HttpAnswer> {
  try {
    const text = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
    return answer(200, { model: hash, predictions: score(pipeline, JSON.parse(text)) });
  } catch (error) {
    // The message of a ChurnError is made to be shown: it names the row and the column, what was expected and what came.
    if (ChurnError.is(error) || error instanceof SyntaxError) return answer(400, { error: error.message });
    console.error(error);
    return answer(500, { error: 'something went wrong; the log of the function tells more' });
  }
}

function answer(statusCode: number, body: object): HttpAnswer {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
