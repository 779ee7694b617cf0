import assert from 'node:assert/strict';
import { clusterReach } from '../../../src/kubeblocks/clusterReach';
import type { AnyObject, Cluster } from '../../../src/kubeblocks/objects';

const cluster: Cluster = { apiVersion: 'apps.kubeblocks.io/v1', kind: 'Cluster', metadata: { name: 'orders', namespace: 'payments' }, spec: { componentSpecs: [{ name: 'pg', componentDef: 'postgresql-' }, { name: 'gone', componentDef: 'nothing-' }] } };
const definition = { apiVersion: 'apps.kubeblocks.io/v1', kind: 'ComponentDefinition', metadata: { name: 'postgresql-16' }, spec: { systemAccounts: [{ name: 'postgres' }, { name: 'kb_admin' }], services: [{ name: 'postgresql', serviceName: 'postgresql', roleSelector: 'primary', spec: { ports: [{ port: 5432 }] } }, { name: 'plain', spec: { ports: [{ port: 9187 }] } }] } } as AnyObject;
const service = (name: string, spec: object, status = {}): AnyObject => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'payments' }, spec, status });

describe('how a cluster is reached', () => {
  it('is by its services, inside and outside, but those without an address', () => {
    const services = [service('orders-pg-postgresql', { type: 'LoadBalancer', clusterIP: '10.0.0.1', ports: [{ port: 5432 }] }, { loadBalancer: { ingress: [{ ip: '192.0.2.7' }] } }), service('orders-pg-headless', { clusterIP: 'None', ports: [{ port: 5432 }] })];
    assert.deepEqual(clusterReach(cluster, services, [definition]).endpoints, [
      { address: 'orders-pg-postgresql.payments.svc:5432', what: 'LoadBalancer' },
      { address: '192.0.2.7:5432', what: 'LoadBalancer' },
    ]);
  });

  it('is said by the definitions where no service is known', () => {
    for (const services of [undefined, []]) {
      assert.deepEqual(clusterReach(cluster, services, [definition]).endpoints, [
        { address: 'orders-pg-postgresql.payments.svc:5432', what: 'primary' },
        { address: 'orders-pg.payments.svc:9187', what: undefined },
      ]);
    }
  });

  it('is said of a service for each pod, and of none that is made only where the Cluster asks for it', () => {
    const services = [
      { name: 'each', serviceName: 'each', podService: true, spec: { ports: [{ port: 5432 }] } },
      { name: 'extra', serviceName: 'extra', disableAutoProvision: true, spec: { ports: [{ port: 80 }] } },
      { name: 'alone', serviceName: 'headless', spec: { clusterIP: 'None', ports: [{ port: 81 }] } },
    ];
    const of = (more: object): readonly string[] => {
      const component = { name: 'pg', componentDef: 'postgresql-', replicas: 2, ...more };
      return clusterReach({ ...cluster, spec: { componentSpecs: [component] } }, undefined, [{ ...definition, spec: { services } }]).endpoints.map(({ address }) => address);
    };
    const each = ['orders-pg-each-0.payments.svc:5432', 'orders-pg-each-1.payments.svc:5432'];
    assert.deepEqual(of({}), each);
    assert.deepEqual(of({ services: [{ name: 'extra' }] }), [...each, 'orders-pg-extra.payments.svc:80']);
    assert.deepEqual(of({ services: [{ name: 'each', podService: false }] }), ['orders-pg-each.payments.svc:5432']);
  });

  it('names the Secrets of its accounts, as KubeBlocks names them', () => {
    assert.deepEqual(clusterReach(cluster, undefined, [definition]).accounts.map(({ secret }) => secret), ['orders-pg-account-postgres', 'orders-pg-account-kb-admin']);
    assert.deepEqual(clusterReach(cluster, undefined, undefined), { endpoints: [], accounts: [] });
  });
});
