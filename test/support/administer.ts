import { request } from 'node:https';

/** Tells the playground something through its admin endpoint (`PUT faults/api-403`). */
export function administer(method: 'GET' | 'PUT' | 'DELETE' | 'POST' | 'PATCH', path: string, body: object = {}): Promise<void> {
  const { address, token } = JSON.parse(process.env['KUBEBLOCKS_PLAYGROUND'] ?? '{}') as { address: string; token: string };
  return new Promise((resolve, reject) => {
    const sent = request(
      `${address}/playground/${path}`,
      { method, rejectUnauthorized: false, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } },
      (answer) => {
        answer.resume();
        answer.on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`${method} ${path}: ${answer.statusCode ?? 0}`))));
      },
    );
    sent.on('error', reject);
    sent.end(method === 'GET' || method === 'DELETE' ? undefined : JSON.stringify(body));
  });
}
