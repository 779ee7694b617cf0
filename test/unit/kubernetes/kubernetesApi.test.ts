import assert from 'node:assert/strict';
import { KINDS } from '../../../src/kubeblocks/kinds';
import type { Resource } from '../../../src/kubeblocks/resource';
import { ApiError } from '../../../src/kubernetes/api';
import type { Credentials, RequestAccess } from '../../../src/kubernetes/credentials';
import { HttpKubernetesApi } from '../../../src/kubernetes/kubernetesApi';
import { Transport } from '../../../src/kubernetes/transport';
import { FakeApiServer } from '../../support/fakeApiServer';

/** Gives `first`, and `second` once it was told that the first was refused. */
class FakeCredentials implements Credentials {
  asked = 0;
  disposed = false;
  private token = 'first';

  access(): Promise<RequestAccess> {
    this.asked += 1;
    return Promise.resolve({ headers: { Authorization: `Bearer ${this.token}` }, tls: {} });
  }

  renew(): boolean {
    const isNew = this.token === 'first';
    this.token = 'second';
    return isNew;
  }

  dispose(): void {
    this.disposed = true;
  }

  forget(): void {
    this.token = 'first';
  }
}

const PODS: Resource = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true };

describe('The Kubernetes API over HTTP', () => {
  let server: FakeApiServer;
  let transport: Transport;
  let api: HttpKubernetesApi;

  beforeEach(async () => {
    server = await FakeApiServer.start();
    transport = new Transport(server.url, new FakeCredentials());
    api = new HttpKubernetesApi(transport);
  });

  afterEach(async () => {
    transport.dispose();
    await server.close();
  });

  const failure = async (task: Promise<unknown>): Promise<ApiError> => {
    try {
      await task;
    } catch (error) {
      assert.ok(error instanceof ApiError, String(error));
      return error;
    }
    throw new Error('it did not fail');
  };

  it('reads one object by its escaped name', async () => {
    server.paths.set('/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/demo/backups/a%2Fb', { kind: 'Backup', metadata: { name: 'a/b' } });
    const backup = await api.get(KINDS.backup, 'a/b', 'demo');
    assert.equal(backup.metadata.name, 'a/b');
  });

  it('creates strictly, and tells the warnings', async () => {
    server.onWrite = ({ body }) => ({
      status: 201,
      headers: { warning: '299 - "unknown field \\"spec.x\\"", 299 - "second, with a comma"' },
      body: JSON.parse(body) as unknown,
    });
    const object = { apiVersion: 'v1', kind: 'Backup', metadata: { name: 'full-1', namespace: 'demo' } };
    const written = await api.create(KINDS.backup, object);
    assert.deepEqual(written.object, object);
    assert.deepEqual(written.warnings, ['unknown field "spec.x"', 'second, with a comma']);
    const [request] = server.requests;
    assert.ok(request !== undefined);
    assert.equal(request.method, 'POST');
    assert.equal(`${request.url.pathname}${request.url.search}`, '/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/demo/backups?fieldValidation=Strict');
    assert.equal(request.headers['content-type'], 'application/json');
  });

  it('asks the server to judge without storing', async () => {
    await api.create(KINDS.backupRepo, { apiVersion: 'v1', kind: 'BackupRepo', metadata: { name: 'r' } }, { dryRun: true, fieldValidation: 'Warn' });
    assert.equal(server.requests[0]?.url.search, '?fieldValidation=Warn&dryRun=All');
  });

  it('patches the status apart', async () => {
    await api.patch(KINDS.backup, 'full-1', 'demo', { status: { expiration: null } }, { subresource: 'status' });
    assert.match(server.requests[0]?.url.pathname ?? '', /\/backups\/full-1\/status$/);
  });

  it('patches by a merge', async () => {
    await api.patch(KINDS.backup, 'full-1', 'demo', { spec: { deletionPolicy: 'Retain' } });
    assert.equal(server.requests[0]?.headers['content-type'], 'application/merge-patch+json');
    assert.equal(server.requests[0].body, '{"spec":{"deletionPolicy":"Retain"}}');
  });

  it('deletes only the object that was meant', async () => {
    await api.delete(KINDS.backup, 'full-1', 'demo', { uid: 'u-1', propagationPolicy: 'Foreground', dryRun: true });
    assert.deepEqual(JSON.parse(server.requests[0]?.body ?? ''), {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      preconditions: { uid: 'u-1' },
      propagationPolicy: 'Foreground',
      dryRun: ['All'],
    });
  });

  it('reads the end of a log', async () => {
    server.paths.set('/api/v1/namespaces/demo/pods/p/log', 'last line');
    assert.equal(await api.podLog('p', 'demo', { container: 'backupdata', tailLines: 20 }), '"last line"');
    assert.equal(server.requests[0]?.url.search, '?container=backupdata&tailLines=20');
  });

  it('names the right that reading a log needs, which is not the one to read pods', async () => {
    await assert.rejects(api.podLog('absent', 'demo'), (error) => error instanceof ApiError && error.details.resource?.plural === 'pods/log');
  });

  it('asks whether something may be done', async () => {
    server.onWrite = () => ({ body: { status: { allowed: true } } });
    assert.equal(await api.canI('create', KINDS.backup, 'demo'), true);
    assert.deepEqual((JSON.parse(server.requests[0]?.body ?? '') as { spec: unknown }).spec, {
      resourceAttributes: { verb: 'create', group: 'dataprotection.kubeblocks.io', resource: 'backups', namespace: 'demo' },
    });
    server.onWrite = () => ({ body: {} });
    assert.equal(await api.canI('create', KINDS.backup), false);
  });

  it('gives items of built-in lists their kind', async () => {
    server.paths.set('/api/v1/namespaces/demo/pods', { kind: 'PodList', metadata: { resourceVersion: '7' }, items: [{ metadata: { name: 'p' } }] });
    const pages = [];
    for await (const page of api.listPages(PODS, 'demo', { labelSelector: 'a=b', fieldSelector: 'status.phase=Running', limit: 5 })) {
      pages.push(page);
    }
    assert.deepEqual(pages, [{ resourceVersion: '7', items: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } }] }]);
    assert.equal(server.requests[0]?.url.search, '?limit=5&labelSelector=a%3Db&fieldSelector=status.phase%3DRunning');
  });

  it('asks for metadata alone where that is wanted', async () => {
    await collect(api.listPages(KINDS.backup, 'demo', { metadataOnly: true }));
    await collect(api.listPages(KINDS.backup, 'demo'));
    assert.deepEqual(server.requests.map(({ headers }) => headers.accept?.includes('as=PartialObjectMetadataList')), [true, false]);
  });

  it('lists all pages of a server that writes the token where it is not looked for first', async () => {
    const first = '{"metadata":{"continue":"right","resourceVersion":"7"},"items":[{"metadata":{"name":"a"},"spec":{"continue":"wrong"}}]}';
    const last = '{"metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"b"}}]}';
    const answers: Readonly<Record<string, { readonly status: number; readonly body: string }>> = {
      '': { status: 200, body: first },
      right: { status: 200, body: last },
    };
    server.fault = ({ url }) => answers[url.searchParams.get('continue') ?? ''] ?? { status: 410 };
    const pages = await collect(api.listPages(KINDS.backup, undefined));
    assert.deepEqual(pages.map(({ items }) => items.map(({ metadata }) => metadata.name)), [['a'], ['b']]);
    assert.deepEqual(server.requests.map(({ url }) => url.searchParams.get('continue')), [null, 'wrong', 'right']);
  });

  describe('listing several pages', () => {
    let asked: Promise<unknown>;

    beforeEach(() => {
      ['a', 'b', 'c'].forEach((name) => server.of('backup').put(name));
      asked = new Promise((resolve) => {
        server.fault = ({ url }) => {
          if (!url.searchParams.has('continue')) {
            return undefined;
          }
          resolve(undefined);
          return 'hang';
        };
      });
    });

    it('asks for the next page while one is worked on', async () => {
      const pages = api.listPages(KINDS.backup, undefined, { limit: 1 });
      await pages.next();
      await asked;
      await pages.return();
      assert.equal(server.requests.length, 2);
    });

    it('lets go of the page on its way when nobody reads on', async () => {
      const pages = api.listPages(KINDS.backup, undefined, { limit: 1 });
      await pages.next();
      await asked;
      await pages.return();
      await server.idle();
    });

    it('rejects with the reason of its signal while a page is on its way', async () => {
      const leaving = new AbortController();
      const pages = api.listPages(KINDS.backup, undefined, { limit: 1, signal: leaving.signal });
      await pages.next();
      await asked;
      leaving.abort(new Error('left'));
      await assert.rejects(pages.next(), /^Error: left$/);
    });
  });

  it('says what was refused, with the causes', async () => {
    const body = {
      kind: 'Status',
      message: 'Backup "x" is invalid',
      reason: 'Invalid',
      code: 422,
      details: { retryAfterSeconds: 3, causes: [{ reason: 'FieldValueRequired', message: 'Required value', field: 'spec.backupMethod' }] },
    };
    server.fault = () => ({ status: 422, body: JSON.stringify(body) });
    const error = await failure(api.get(KINDS.backup, 'x', 'demo'));
    assert.equal(error.message, 'Backup "x" is invalid');
    assert.deepEqual(error.details, {
      status: 422,
      reason: 'Invalid',
      verb: 'get',
      resource: KINDS.backup,
      namespace: 'demo',
      name: 'x',
      retryAfter: 3,
      causes: body.details.causes,
    });
  });

  it('quotes the text of a page that is no Status', async () => {
    server.fault = () => ({ status: 502, body: '<html><h1>Bad  Gateway</h1></html>' });
    const error = await failure(api.get(KINDS.backup, 'x', 'demo'));
    assert.equal(error.message, 'Bad Gateway');
    assert.equal(error.details.status, 502);
  });

  it('names the reason where the server gives a status alone', async () => {
    server.fault = () => ({ status: 429, retryAfter: 5, body: '' });
    const error = await failure(api.get(KINDS.backup, 'x', 'demo'));
    assert.equal(error.details.reason, 'TooManyRequests');
    assert.equal(error.details.retryAfter, 5);
    assert.match(error.message, /status 429/);
  });

  it('tells a server that is not there by its Node code', async () => {
    await server.close();
    const error = await failure(api.getPath('/version'));
    assert.equal(error.details.status, 0);
    assert.equal(error.details.reason, 'ECONNREFUSED');
    assert.match(error.message, /^http:\/\/127\.0\.0\.1:\d+ cannot be reached: nothing listens there\./);
    server = await FakeApiServer.start();
  });

  it('takes an answer that was cut for an error', async () => {
    server.fault = () => 'truncate';
    const error = await failure(collect(api.listPages(KINDS.backup, undefined)));
    assert.equal(error.details.reason, 'EBADANSWER');
  });

  it('rejects with the reason of its signal', async () => {
    server.fault = () => 'hang';
    const controller = new AbortController();
    const waiting = api.getPath('/version', { signal: controller.signal });
    const reason = new Error('left');
    setImmediate(() => controller.abort(reason));
    await assert.rejects(waiting, reason);
    await assert.rejects(api.getPath('/version', { signal: controller.signal }), reason);
  });

  it('fetches other credentials once when the first are refused', async () => {
    server.fault = ({ headers }) => (headers.authorization === 'Bearer second' ? undefined : { status: 401 });
    await api.getPath('/version');
    assert.deepEqual(server.requests.map(({ headers }) => headers.authorization), ['Bearer first', 'Bearer second']);
  });

  it('gives up when the other credentials are refused too', async () => {
    server.fault = () => ({ status: 401 });
    assert.equal((await failure(api.getPath('/version'))).details.status, 401);
    assert.equal(server.requests.length, 2);
  });

  it('reads compressed answers', async () => {
    for (let index = 0; index < 100; index += 1) {
      server.of('backup').put(`b-${index}`, { status: { path: 'x'.repeat(2_000) } });
    }
    const pages = await collect(api.listPages(KINDS.backup, undefined));
    assert.equal(pages.flatMap(({ items }) => items).length, 100);
  });

  it('lets go of its credentials with its sockets', () => {
    const credentials = new FakeCredentials();
    new Transport(server.url, credentials).dispose();
    assert.equal(credentials.disposed, true);
  });

  it('keeps the path of the server’s address', async () => {
    transport.dispose();
    transport = new Transport(`${server.url}/k8s/clusters/c-1/`, new FakeCredentials());
    server.paths.set('/k8s/clusters/c-1/version', { gitVersion: 'v1' });
    assert.deepEqual(await new HttpKubernetesApi(transport).getPath('/version'), { gitVersion: 'v1' });
  });
});

async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) {
    all.push(page);
  }
  return all;
}
