import type { AnyObject } from '../../kubeblocks/objects';
import { badRequest } from '../store/statusErrors';
import { builtInColumns } from './columns/builtInColumns';
import type { Column } from './columns/column';
import { customColumns } from './columns/customColumns';
import type { ResourceRequest } from './resourceRequest';

export interface TableMeta {
  readonly resourceVersion: string;
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

const INCLUDED = new Set(['Metadata', 'Object', 'None', '']);

/** The objects as `kubectl get` prints them, `now` in ms since the epoch. A watch names the columns only once. */
export function tableOf(request: ResourceRequest, objects: readonly AnyObject[], metadata: TableMeta, now: number, withHeader = true): object {
  const columns = columnsOf(request);
  const includeObject = request.query.get('includeObject') ?? 'Metadata';
  if (!INCLUDED.has(includeObject)) {
    const why = `includeObject: Invalid value: ${JSON.stringify(includeObject)}: must be 'Metadata', 'Object', 'None', or empty`;
    throw badRequest(`Unable to convert to Table as requested: ${why}`);
  }
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: withHeader ? columns.map(definitionOf) : null,
    rows: objects.map((object) => ({
      cells: columns.map(({ cell }) => cell(object, now) ?? null),
      object: includeObject === 'None' ? null : includeObject === 'Object' ? object : partialObject(object),
    })),
  };
}

/** What is left of an object for a client that only wants to know it is there. */
export function partialObject({ metadata }: AnyObject): object {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
}

function columnsOf({ served, version }: ResourceRequest): readonly Column[] {
  const { group, plural } = served.resource;
  return served.custom === undefined ? builtInColumns(`${group}/${plural}`) : customColumns(served.custom.columns[version] ?? []);
}

function definitionOf({ name, type, format, description, priority }: Column): object {
  return { name, type, format, description, priority };
}
