import type { JsonObject } from '@churn/core';

/** Who logs in to what an address names, and by which password. */
const LOGIN = /(:\/\/)[^/@\s'"]+@/g;
/** What a query, or a connection string in it, gives for a secret. */
const ASSIGNED =
  /\b(password|passwd|pwd|secret|token|api_?key|access_?key|key_id)(\s*[=:]\s*|\s+(?='))('[^']*'|[^\s'",;)]+)/gi;

/** A configuration as plain JSON, with `***` in place of passwords and keys in its texts. */
export function withoutSecrets(config: object): JsonObject {
  return JSON.parse(
    JSON.stringify(config, (_, value) => (typeof value === 'string' ? masked(value) : value)),
  );
}

function masked(text: string): string {
  return text.replace(LOGIN, '$1***@').replace(ASSIGNED, '$1$2***');
}
