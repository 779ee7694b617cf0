import type { KubeObject } from './objects';

/** Of a patch: the API server refuses it when the object changed after it was read. */
export function guard({ metadata: { resourceVersion } }: KubeObject): object {
  return resourceVersion === undefined ? {} : { metadata: { resourceVersion } };
}
