import { forbidden, required, type FieldError } from '../fieldError';
import { isObject, type JsonObject } from '../json';
import { isMissing, nameErrors } from './named';

/** In the order in which they are judged; each with the field it cannot do without. */
const SOURCES: readonly (readonly [source: string, required?: string])[] = [
  ['emptyDir'],
  ['hostPath', 'path'],
  ['secret', 'secretName'],
  ['persistentVolumeClaim', 'claimName'],
  ['downwardAPI'],
  ['configMap', 'name'],
  ['projected'],
  ['csi', 'driver'],
  ['ephemeral'],
];

/** Volumes of a pod: one source each, and names of their own (`validateVolumes`). */
export function volumeErrors(volumes: readonly JsonObject[], path: string): readonly FieldError[] {
  return volumes.flatMap((volume, index) => [...sourceErrors(volume, `${path}[${index}]`), ...nameErrors(volume, volumes.slice(0, index), `${path}[${index}]`)]);
}

function sourceErrors(volume: JsonObject, path: string): readonly FieldError[] {
  const given = SOURCES.filter(([source]) => isObject(volume[source]));
  return given.flatMap(([source, field], index) => {
    if (index > 0) return [forbidden(`${path}.${source}`, 'may not specify more than 1 volume type')];
    return field !== undefined && isMissing((volume[source] as JsonObject)[field]) ? [required(`${path}.${source}.${field}`)] : [];
  });
}
