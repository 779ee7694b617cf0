import { scenario, type Scenario } from '../scenario';

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** What is served. The real server has more kinds, so that only the forms and our own groups are compared. */
export const discovering: readonly Scenario[] = [
  scenario('discover', async (api) => {
    await api.call('GET', '/apis/dataprotection.kubeblocks.io');
    await api.call('GET', '/apis/dataprotection.kubeblocks.io/v1alpha1');
    await api.call('GET', '/apis/operations.kubeblocks.io/v1alpha1');
    await api.call('GET', '/apis/nope');
    await api.call('GET', '/apis/dataprotection.kubeblocks.io/v9');
    await api.call('GET', '/nope');
    await api.call('GET', '/api/v1/nope');
    await api.call('GET', '/apis/dataprotection.kubeblocks.io/v1alpha1/nope');
    await api.call('GET', '/api');
    await api.call('GET', '/api/', {});
    const { json, headers } = await api.quietly('GET', '/apis', { accept: `${AGGREGATED},application/json` });
    const items = (json.items ?? []) as unknown as readonly { readonly metadata: { readonly name: string } }[];
    api.show('aggregated', { type: headers['content-type'], kind: json.kind, apiVersion: json.apiVersion, item: items.find(({ metadata }) => metadata.name === 'dataprotection.kubeblocks.io') });
    const core = await api.quietly('GET', '/api', { accept: AGGREGATED });
    const [group] = (core.json.items ?? []) as unknown as readonly { readonly versions: readonly { readonly resources: readonly { readonly resource: string }[] }[] }[];
    api.show('aggregated core', group?.versions.flatMap(({ resources }) => resources).filter(({ resource }) => ['configmaps', 'persistentvolumeclaims', 'secrets'].includes(resource)));
    await api.call('GET', '/version/nope');
    await api.call('OPTIONS', '/api/v1/namespaces');
  }),
];
