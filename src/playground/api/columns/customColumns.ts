import type { AnyObject } from '../../../kubeblocks/objects';
import type { PrinterColumn } from '../../../kubeblocks/schema/crd';
import { ageColumn } from './builtInColumns';
import { column, NAME, type Column } from './column';
import { ageOf } from './humanDuration';

/** Columns of a custom resource; without any of its own it shows name and age. */
export function customColumns(columns: readonly PrinterColumn[]): readonly Column[] {
  return columns.length === 0 ? [NAME, ageColumn()] : [NAME, ...columns.map(columnOf)];
}

function columnOf({ name, type, format = '', description, priority = 0, jsonPath }: PrinterColumn): Column {
  const path = parsePath(jsonPath);
  return column(name, (object, now) => cellOf(readPath(object, path), type, now), {
    type,
    format,
    priority,
    description: description ?? `Custom resource definition column (in JSONPath format): ${jsonPath}`,
  });
}

/** The JSONPaths of the served definitions are plain: `.status.conditions[0].reason`, with `\.` in a label's name. */
function parsePath(jsonPath: string): readonly string[] {
  return [...jsonPath.matchAll(/\.((?:\\.|[^.[\\])+)|\[['"]?([^\]'"]+)['"]?\]/g)].map(([, field, index]) => field?.replaceAll('\\', '') ?? index ?? '');
}

function readPath(object: AnyObject, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined), object);
}

/** `k8s.io/apiextensions-apiserver/pkg/registry/customresource/tableconvertor`. */
function cellOf(value: unknown, type: string, now: number): unknown {
  if (value === undefined || value === null) return type === 'date' ? '<unknown>' : null;
  if (type === 'date') return typeof value === 'string' ? ageOf(value, now) : '<unknown>';
  if (type === 'integer' || type === 'number') return typeof value === 'number' ? value : null;
  if (type === 'boolean') return typeof value === 'boolean' ? value : null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
