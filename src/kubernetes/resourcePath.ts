import type { Resource } from '../kubeblocks/resource';

/** The URL path of a resource's collection, or of one object in it. Names are escaped. */
export function resourcePath(resource: Resource, namespace?: string, name?: string, subresource?: string): string {
  const { group, version, plural, namespaced } = resource;
  const root = group === '' ? ['api', version] : ['apis', group, version];
  const scope = namespaced && namespace !== undefined ? ['namespaces', namespace] : [];
  const object = [name, subresource].filter((part) => part !== undefined);
  return `/${[...root, ...scope, plural, ...object].map(encodeURIComponent).join('/')}`;
}

/** `?a=b` of the parameters that are defined, or nothing. */
export function queryOf(parameters: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const defined = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(defined.map(([key, value]): [string, string] => [key, String(value)])).toString();
  return search === '' ? '' : `?${search}`;
}
