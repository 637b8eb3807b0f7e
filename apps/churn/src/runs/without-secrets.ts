import type { JsonObject } from '@churn/core';

/** The user name and password in an address. */
const LOGIN = /(:\/\/)[^/@\s'"]+@/g;
/** A secret assigned in a query or in a connection string. */
const ASSIGNED =
  /\b(password|passwd|pwd|secret|token|api_?key|access_?key|key_id)(\s*[=:]\s*|\s+(?='))('[^']*'|[^\s'",;)]+)/gi;

/** A configuration as plain JSON, with passwords and keys replaced by `***`. */
export function withoutSecrets(config: object): JsonObject {
  return JSON.parse(
    JSON.stringify(config, (_, value) => (typeof value === 'string' ? masked(value) : value)),
  );
}

function masked(text: string): string {
  return text.replace(LOGIN, '$1***@').replace(ASSIGNED, '$1$2***');
}
