/** What the service says is wrong. */
export class ServiceError extends Error {
  /**
   * @param {string} message
   * @param {number} status
   * @param {{ row: number, column?: string, detail: string }[]} [errors] what is wrong with rows, one by one
   * @param {number} [omitted] how many errors more there are
   */
  constructor(message, status, errors = [], omitted = 0) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.omitted = omitted;
  }
}

/** The key that the service asks for; empty if there is none. */
let key = '';

/** @param {string} value */
export function useKey(value) {
  key = value;
}

/** Whether requests carry a key. */
export const hasKey = () => key !== '';

/**
 * @param {string} url
 * @param {RequestInit & { headers?: Record<string, string> }} [options]
 * @returns {Promise<Response>}
 */
async function request(url, options = {}) {
  const headers = { ...options.headers, ...(key && { 'x-api-key': key }) };
  const response = await fetch(url, { ...options, headers }).catch((error) => {
    if (error.name === 'AbortError') throw error;
    throw new ServiceError('The service does not answer.', 0);
  });
  if (response.ok) return response;
  const { detail, errors = [], omittedErrors = 0 } = await response.json().catch(() => ({}));
  const wrong = errors.map((/** @type {{ column?: string, detail: string }} */ each) =>
    each.column === undefined ? each.detail : `${each.column} ${each.detail}`,
  );
  const message = wrong.join('\n') || detail || `The service answers with status ${response.status}.`;
  throw new ServiceError(message, response.status, errors, omittedErrors);
}

/** @returns {Promise<import('./types.js').Model>} */
export async function askModel() {
  return (await request('/v1/model')).json();
}

/**
 * What is predicted of a row, and all reasons, the strongest first.
 * @param {import('./types.js').Row} row
 * @returns {Promise<import('./types.js').Answer>}
 */
export async function explain(row) {
  const response = await request('/v1/explain?top=9999', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(row),
  });
  const { model, explanations } = await response.json();
  return { model, explained: explanations[0] };
}

/**
 * What would have to be otherwise about a row for another decision.
 * @param {import('./types.js').Row} row
 * @param {string} target of values, the one to be reached; else empty
 * @returns {Promise<import('./types.js').Counterfactual[]>}
 */
export async function findOtherwise(row, target) {
  const response = await request(`/v1/counterfactuals${target && `?target=${encodeURIComponent(target)}`}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(row),
  });
  return (await response.json()).counterfactuals[0];
}

/**
 * Rows of CSV with what is predicted of each, as CSV.
 * @param {string} csv
 * @param {AbortSignal} signal
 */
export async function scoreCsv(csv, signal) {
  const headers = { 'content-type': 'text/csv', accept: 'text/csv' };
  return (await request('/v1/predict', { method: 'POST', headers, body: csv, signal })).text();
}
