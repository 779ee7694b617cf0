import { parseBytes } from '../../../kubeblocks/bytes';
import { duplicate, invalid, notSupported, required, type FieldError } from '../fieldError';
import { isObject, type JsonObject } from '../json';
import { isMissing, listOf, nameErrors } from './named';

/** Containers of a pod, in the order in which Kubernetes judges their fields (`validateContainerCommon`). */
export function containerErrors(containers: readonly JsonObject[], path: string, volumes: ReadonlySet<unknown>): readonly FieldError[] {
  return containers.flatMap((container, index) => {
    const at = `${path}[${index}]`;
    return [
      ...nameErrors(container, containers.slice(0, index), at),
      ...(isMissing(container.image) ? [required(`${at}.image`)] : []),
      ...portErrors(listOf(container.ports), `${at}.ports`),
      ...listOf(container.env).flatMap((variable, position) => variableErrors(variable, `${at}.env[${position}]`)),
      ...mountErrors(listOf(container.volumeMounts), `${at}.volumeMounts`, volumes),
      ...pullErrors(container.imagePullPolicy, `${at}.imagePullPolicy`),
      ...resourceErrors(container.resources, `${at}.resources`),
    ];
  });
}

function portErrors(ports: readonly JsonObject[], path: string): readonly FieldError[] {
  return ports.flatMap(({ name, containerPort }, index) => {
    const at = `${path}[${index}]`;
    const faults = isMissing(name) ? [] : faultsOfPortName(String(name)).map((fault) => invalid(`${at}.name`, name, fault));
    const isTaken = !isMissing(name) && faults.length === 0 && ports.slice(0, index).some((other) => other.name === name);
    return [...faults, ...(isTaken ? [duplicate(`${at}.name`, name)] : []), ...numberErrors(containerPort, `${at}.containerPort`)];
  });
}

function numberErrors(port: unknown, path: string): readonly FieldError[] {
  if (typeof port !== 'number' || port === 0) return [required(path)];
  return port >= 1 && port <= 65_535 ? [] : [invalid(path, port, 'must be between 1 and 65535, inclusive')];
}

/** `IsValidPortName`. */
function faultsOfPortName(name: string): readonly string[] {
  return [
    ...(name.length > 15 ? ['must be no more than 15 characters'] : []),
    ...(/^[-a-z0-9]+$/.test(name) ? [] : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
    ...(/[a-z]/.test(name) ? [] : ['must contain at least one letter (a-z)']),
    ...(name.includes('--') ? ['must not contain consecutive hyphens'] : []),
    ...(/^-|-$/.test(name) ? ['must not begin or end with a hyphen'] : []),
  ];
}

function variableErrors({ name }: JsonObject, path: string): readonly FieldError[] {
  if (isMissing(name)) return [required(`${path}.name`)];
  const isPrintable = /^[ -<>-~]+$/.test(String(name));
  return isPrintable ? [] : [invalid(`${path}.name`, name, "a valid environment variable name must consist only of printable ASCII characters other than '='")];
}

function mountErrors(mounts: readonly JsonObject[], path: string, volumes: ReadonlySet<unknown>): readonly FieldError[] {
  return mounts.flatMap(({ name, mountPath }, index) => [
    ...(isMissing(name) ? [required(`${path}[${index}].name`)] : volumes.has(name) ? [] : [notFound(`${path}[${index}].name`, name)]),
    ...(isMissing(mountPath) ? [required(`${path}[${index}].mountPath`)] : []),
  ]);
}

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

function pullErrors(policy: unknown, path: string): readonly FieldError[] {
  return policy === undefined || PULL_POLICIES.some((known) => known === policy) ? [] : [notSupported(path, policy, PULL_POLICIES)];
}

function resourceErrors(given: unknown, path: string): readonly FieldError[] {
  const { requests, limits } = isObject(given) ? given : {};
  if (!isObject(requests) || !isObject(limits)) return [];
  return Object.keys(requests).sort().flatMap((resource) => {
    const [asked, limit] = [quantityText(requests[resource]), quantityText(limits[resource])];
    const [least, most] = [parseBytes(asked), parseBytes(limit)];
    return least === undefined || most === undefined || least <= most ? [] : [invalid(`${path}.requests`, asked, `must be less than or equal to ${resource} limit of ${limit}`)];
  });
}

/** YAML's authors write numbers, too. */
function quantityText(given: unknown): string {
  return typeof given === 'string' || typeof given === 'number' ? String(given) : '';
}

function notFound(path: string, value: unknown): FieldError {
  return { path, reason: 'FieldValueNotFound', message: `Not found: ${JSON.stringify(value)}` };
}
