import type { FieldError } from '../admission/admission';
import type { Resource } from '../../kubeblocks/resource';

/** `k8s.io/apimachinery/pkg/util/validation` and `api/validation/path`. */
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

const SUBDOMAIN_TEXT =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an " +
  "alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL_TEXT =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric " +
  "character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

/** Kinds whose names become a DNS label. */
const LABEL_NAMED = new Set(['/namespaces', '/services']);

/** What is wrong with `metadata.name`. */
export function nameErrors(resource: Pick<Resource, 'group' | 'plural'>, name: string): readonly FieldError[] {
  const isLabel = LABEL_NAMED.has(`${resource.group}/${resource.plural}`);
  const errors: FieldError[] = [];
  const longest = isLabel ? 63 : 253;
  if (name.length > longest) errors.push(wrong(name, `must be no more than ${longest} characters`));
  if (!(isLabel ? LABEL : SUBDOMAIN).test(name)) errors.push(wrong(name, isLabel ? LABEL_TEXT : SUBDOMAIN_TEXT));
  return errors;
}

function wrong(name: string, text: string): FieldError {
  return { path: 'metadata.name', reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(name)}: ${text}` };
}
