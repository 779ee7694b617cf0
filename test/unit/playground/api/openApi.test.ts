import assert from 'node:assert/strict';
import { startTestApi, type TestApi } from './testApi';

interface Document {
  readonly paths: Record<string, Record<string, { requestBody?: { content: object } }>>;
  readonly components: { schemas: Record<string, { properties?: Record<string, object>; 'x-kubernetes-group-version-kind'?: readonly object[] }> };
}

describe('OpenAPI', () => {
  let api: TestApi;

  beforeEach(async () => {
    api = await startTestApi();
  });
  afterEach(() => api.server.close());

  async function document(path: string): Promise<Document> {
    const index = await api.call('GET', '/openapi/v3');
    const { serverRelativeURL } = (index.json.paths as Record<string, { serverRelativeURL: string }>)[path]!;
    return (await api.call('GET', serverRelativeURL)).json as unknown as Document;
  }

  it('describes a custom resource with its fields and the metadata of every kind', async () => {
    const { components, paths } = await document('apis/dataprotection.kubeblocks.io/v1alpha1');
    const backup = components.schemas['io.kubeblocks.dataprotection.v1alpha1.Backup'];
    assert.deepEqual(backup?.['x-kubernetes-group-version-kind'], [{ group: 'dataprotection.kubeblocks.io', kind: 'Backup', version: 'v1alpha1' }]);
    assert.deepEqual(Object.keys(backup.properties ?? {}).sort(), ['apiVersion', 'kind', 'metadata', 'spec', 'status']);
    assert.ok(components.schemas['io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta']?.properties?.labels);
    const patch = paths['/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/{namespace}/backups/{name}']?.patch;
    assert.deepEqual(Object.keys(patch?.requestBody?.content ?? {}), ['application/json-patch+json', 'application/merge-patch+json', 'application/apply-patch+yaml']);
  });

  it('describes built-in kinds by named definitions, each of which is there', async () => {
    const text = JSON.stringify(await document('api/v1'));
    const { components } = JSON.parse(text) as Document;
    assert.ok(components.schemas['io.k8s.api.core.v1.PodSpec']?.properties?.containers);
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) assert.ok(components.schemas[name], name);
  });
});
