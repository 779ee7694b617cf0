import { readFile } from 'node:fs/promises';
import type { RequestAccess } from './credentials';
import type { ExecCredential } from './execCredential';
import { listIn, objectIn, stringIn, type JsonObject } from './jsonReading';

/**
 * The access that a kubeconfig's entries give by themselves: tokens, passwords, certificates, impersonation. Data goes
 * before files, and a token file before a token, as in `k8s.io/client-go/tools/clientcmd`.
 */
export async function plainAccess(cluster: JsonObject, user: JsonObject, exec: ExecCredential = {}): Promise<RequestAccess> {
  const [token, ca, cert, key] = await Promise.all([
    readToken(user),
    readData(cluster, 'certificate-authority'),
    readData(user, 'client-certificate'),
    readData(user, 'client-key'),
  ]);
  return {
    headers: { ...impersonation(user), ...authorization(user, exec.token ?? token) },
    tls: withoutUndefined({
      ca,
      cert: exec.clientCertificateData ?? cert,
      key: exec.clientKeyData ?? key,
      rejectUnauthorized: cluster['insecure-skip-tls-verify'] === true ? false : undefined,
      servername: stringIn(cluster, 'tls-server-name'),
    }),
  };
}

/** `Impersonate-…` headers of a user entry. */
export function impersonation(user: JsonObject): RequestAccess['headers'] {
  const groups = listIn(user, 'as-groups').filter((group) => typeof group === 'string');
  const extra = Object.entries(objectIn(user, 'as-user-extra')).map(
    ([key, values]) => [`Impersonate-Extra-${encodeURIComponent(key)}`, Array.isArray(values) ? values.map(String) : []] as const,
  );
  return withoutUndefined({
    'Impersonate-User': stringIn(user, 'as'),
    'Impersonate-Uid': stringIn(user, 'as-uid'),
    'Impersonate-Group': groups.length === 0 ? undefined : groups,
    ...Object.fromEntries(extra),
  });
}

function authorization(user: JsonObject, token: string | undefined): RequestAccess['headers'] {
  const name = stringIn(user, 'username');
  if (token !== undefined && token !== '') {
    return { Authorization: `Bearer ${token}` };
  }
  return name === undefined ? {} : { Authorization: `Basic ${Buffer.from(`${name}:${stringIn(user, 'password') ?? ''}`).toString('base64')}` };
}

async function readToken(user: JsonObject): Promise<string | undefined> {
  const file = stringIn(user, 'tokenFile');
  return file === undefined ? stringIn(user, 'token') : (await readFile(file, 'utf8')).trim();
}

async function readData(entry: JsonObject, field: string): Promise<Buffer | undefined> {
  const data = stringIn(entry, `${field}-data`);
  if (data !== undefined && data !== '') {
    return Buffer.from(data, 'base64');
  }
  const file = stringIn(entry, field);
  return file === undefined || file === '' ? undefined : readFile(file);
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
