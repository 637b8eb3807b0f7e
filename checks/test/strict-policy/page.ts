// What a page runs whose policy is `default-src 'self'`: it sends the server what it found.
import { reportOn } from './models.js';

const send = (text: string) => fetch('/report', { method: 'POST', body: text });
const files = await (await fetch('/files.json')).json();
await reportOn(files).then(
  (report) => send(JSON.stringify(report)),
  (error) => send(String(error)),
);
