/** Posts JSON to a service, and returns the response. */
export async function postJson(address: string, path: string, payload: object) {
  const answer = await fetch(`${address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  return {
    status: answer.status,
    id: answer.headers.get('x-request-id'),
    body: JSON.parse(await answer.text()),
  };
}

/** The JSON at a path of a service. */
export async function getJson(address: string, path: string) {
  return JSON.parse(await (await fetch(`${address}${path}`)).text());
}
