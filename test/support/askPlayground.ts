import { request } from 'node:https';
import { workbenchSettings } from './workbench';

/** One request to the playground behind the workbench, as its administrator. Gives the answer, also where it is a refusal. */
export function askPlayground(method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: object): Promise<unknown> {
  const { address, token } = workbenchSettings().playground;
  const type = method === 'PATCH' && !path.startsWith('/playground/') ? 'application/merge-patch+json' : 'application/json';
  return new Promise((resolve, reject) => {
    const sent = request(`${address}${path}`, { method, rejectUnauthorized: false, headers: { authorization: `Bearer ${token}`, 'content-type': type } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve(chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'))));
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** How fast time goes there; 0 stops it. */
export async function setPlaygroundSpeed(speed: number): Promise<void> {
  await askPlayground('PATCH', '/playground/clock', { speed });
}
