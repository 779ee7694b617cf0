import type { AnyObject } from '../../kubeblocks/objects';
import { badRequest } from '../store/statusErrors';
import type { ServedResource } from './servedResource';

const EVERYWHERE = ['metadata.name', 'metadata.namespace'];

/** Fields each kind lets itself be selected by (`AddFieldLabelConversionFunc` of its API package). */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  '/pods': [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  '/events': [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  '/secrets': ['type'],
  '/namespaces': ['status.phase'],
  '/nodes': ['spec.unschedulable'],
  '/services': ['spec.clusterIP', 'spec.type'],
  'batch/jobs': ['status.successful'],
};

/** `metadata.name=x,status.phase!=Running`. Throws 400 for a field the kind cannot be selected by. */
export function parseFieldSelector(text: string, { resource, custom }: ServedResource): (object: AnyObject) => boolean {
  const allowed = [...EVERYWHERE, ...(FIELDS[`${resource.group}/${resource.plural}`] ?? [])];
  const terms = text.split(',').filter((term) => term !== '').map(parseTerm);
  for (const { field } of terms) {
    if (allowed.includes(field)) continue;
    if (resource.group === 'batch') throw badRequest(`field label ${JSON.stringify(field)} not supported for ${resource.kind}`);
    if (custom !== undefined || allowed.length > EVERYWHERE.length) throw badRequest(`field label not supported: ${field}`);
    throw badRequest(`"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`);
  }
  return (object) => terms.every(({ field, equal, value }) => (fieldOf(object, field) === value) === equal);
}

function parseTerm(term: string): { readonly field: string; readonly equal: boolean; readonly value: string } {
  const match = /^(.+?)(!=|==|=)(.*)$/.exec(term);
  if (match === null) throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
  const [, field = '', operator, value = ''] = match;
  return { field, equal: operator !== '!=', value: value.replace(/\\([\\,=])/g, '$1') };
}

function fieldOf(object: AnyObject, field: string): string {
  if (field === 'status.successful') return String(readPath(object, 'status.succeeded') ?? 0);
  if (field === 'source') return String(readPath(object, 'source.component') ?? '');
  return String(readPath(object, field) ?? '');
}

function readPath(value: unknown, path: string): string | number | boolean | undefined {
  const found = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? found : undefined;
}
