import { StatusError } from '../world';

export type Representation = 'object' | 'table' | 'partial';

const SERVED = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';

/** The first of the accepted forms that is served (`k8s.io/apiserver/pkg/endpoints/handlers/negotiation`). Throws 406. */
export function negotiate(accept: string | undefined): { readonly as: Representation; readonly yaml: boolean } {
  const ranges = (accept ?? '*/*').split(',').map((range) => range.trim());
  for (const range of ranges) {
    const [type, ...parameters] = range.split(';').map((part) => part.trim());
    const yaml = type === 'application/yaml';
    if (!yaml && type !== 'application/json' && type !== 'application/*' && type !== '*/*' && type !== '') continue;
    const as = parameters.find((parameter) => parameter.startsWith('as='))?.slice(3);
    if (as === undefined) return { as: 'object', yaml };
    if (!parameters.includes('v=v1') || !parameters.includes('g=meta.k8s.io')) continue;
    if (as === 'Table') return { as: 'table', yaml };
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return { as: 'partial', yaml };
  }
  throw new StatusError(406, 'NotAcceptable', `only the following media types are accepted: ${SERVED}`);
}
