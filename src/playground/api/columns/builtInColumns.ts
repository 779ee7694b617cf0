import type { AnyObject } from '../../../kubeblocks/objects';
import { column, NAME, WIDE, type Column } from './column';
import { eventColumns } from './eventColumns';
import { ageOf } from './humanDuration';
import { jobColumns, cronJobColumns, statefulSetColumns } from './workloadColumns';
import { podColumns } from './podColumns';
import { claimColumns, csiDriverColumns, storageClassColumns, volumeColumns } from './storageColumns';
import { list, map, text } from './read';

/** Columns of a built-in kind (`k8s.io/kubernetes/pkg/printers/internalversion`). */
export function builtInColumns(id: string): readonly Column[] {
  return BUILT_IN[id]?.() ?? [NAME, ageColumn()];
}

export function ageColumn(): Column {
  return column('Age', ({ metadata }, now) => ageOf(metadata.creationTimestamp, now));
}

const BUILT_IN: Readonly<Record<string, () => readonly Column[]>> = {
  '/namespaces': () => [NAME, column('Status', (namespace) => text(namespace, 'status.phase')), ageColumn()],
  '/pods': () => podColumns(ageColumn()),
  '/secrets': () => [NAME, column('Type', (secret) => text(secret, 'type')), column('Data', dataCount), ageColumn()],
  '/configmaps': () => [NAME, column('Data', dataCount), ageColumn()],
  '/serviceaccounts': () => [NAME, column('Secrets', (account) => list(account, 'secrets').length), ageColumn()],
  '/services': serviceColumns,
  '/nodes': nodeColumns,
  '/persistentvolumes': () => volumeColumns(ageColumn()),
  '/persistentvolumeclaims': () => claimColumns(ageColumn()),
  '/events': eventColumns,
  'batch/jobs': () => jobColumns(ageColumn()),
  'batch/cronjobs': () => cronJobColumns(ageColumn()),
  'apps/statefulsets': () => statefulSetColumns(ageColumn()),
  'storage.k8s.io/storageclasses': () => storageClassColumns(ageColumn()),
  'storage.k8s.io/csidrivers': () => csiDriverColumns(ageColumn()),
  'apiextensions.k8s.io/customresourcedefinitions': () => [
    NAME,
    column('Created At', ({ metadata }) => metadata.creationTimestamp, { type: 'date' }),
  ],
};

function dataCount(object: AnyObject): number {
  return Object.keys(map(object, 'data')).length + Object.keys(map(object, 'binaryData')).length;
}

function serviceColumns(): readonly Column[] {
  return [
    NAME,
    column('Type', (service) => text(service, 'spec.type', 'ClusterIP')),
    column('Cluster-IP', (service) => text(service, 'spec.clusterIP', '<none>')),
    column('External-IP', (service) => list(service, 'spec.externalIPs').join(',') || '<none>'),
    column('Port(s)', (service) => list(service, 'spec.ports').map(portText).join(',') || '<none>'),
    ageColumn(),
    column('Selector', (service) => labelsText(map(service, 'spec.selector')), WIDE),
  ];
}

function portText(port: unknown): string {
  const nodePort = text(port, 'nodePort');
  return `${text(port, 'port')}${nodePort === '' ? '' : `:${nodePort}`}/${text(port, 'protocol', 'TCP')}`;
}

function nodeColumns(): readonly Column[] {
  return [
    NAME,
    column('Status', nodeStatus),
    column('Roles', nodeRoles),
    ageColumn(),
    column('Version', (node) => text(node, 'status.nodeInfo.kubeletVersion')),
    column('Internal-IP', (node) => address(node, 'InternalIP'), WIDE),
    column('External-IP', (node) => address(node, 'ExternalIP'), WIDE),
    column('OS-Image', (node) => text(node, 'status.nodeInfo.osImage', '<unknown>'), WIDE),
    column('Kernel-Version', (node) => text(node, 'status.nodeInfo.kernelVersion', '<unknown>'), WIDE),
    column('Container-Runtime', (node) => text(node, 'status.nodeInfo.containerRuntimeVersion', '<unknown>'), WIDE),
  ];
}

function nodeStatus(node: AnyObject): string {
  const ready = list(node, 'status.conditions').find((condition) => text(condition, 'type') === 'Ready');
  const status = ready === undefined ? 'Unknown' : text(ready, 'status') === 'True' ? 'Ready' : 'NotReady';
  return text(node, 'spec.unschedulable') === 'true' ? `${status},SchedulingDisabled` : status;
}

const ROLE_LABEL = 'node-role.kubernetes.io/';

function nodeRoles({ metadata }: AnyObject): string {
  const roles = Object.keys(metadata.labels ?? {}).filter((key) => key.startsWith(ROLE_LABEL));
  return roles.map((key) => key.slice(ROLE_LABEL.length)).sort().join(',') || '<none>';
}

function address(node: AnyObject, type: string): string {
  return text(list(node, 'status.addresses').find((one) => text(one, 'type') === type), 'address', '<none>');
}

export function labelsText(labels: Readonly<Record<string, unknown>>): string {
  return Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`).sort().join(',') || '<none>';
}
