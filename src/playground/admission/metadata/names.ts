/** The rules for names, label keys and label values (k8s.io/apimachinery pkg/util/validation), each with its texts. */

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${QUALIFIED})?`;

const SUBDOMAIN_TEXT =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
const LABEL_TEXT =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
const QUALIFIED_TEXT = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const LABEL_VALUE_TEXT = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`;

export function faultsOfSubdomain(text: string): string[] {
  return [...faultOfLength(text, 253), ...faultOfPattern(text, SUBDOMAIN, SUBDOMAIN_TEXT, ['example.com'])];
}

export function faultsOfLabel(text: string): string[] {
  const dotted = !matches(text, LABEL) && matches(text, SUBDOMAIN);
  const shape = dotted ? ['must not contain dots'] : faultOfPattern(text, LABEL, LABEL_TEXT, ['my-name', '123-abc']);
  return [...faultOfLength(text, 63), ...shape];
}

export function faultsOfLabelValue(text: string): string[] {
  return [...faultOfLength(text, 63), ...faultOfPattern(text, LABEL_VALUE, LABEL_VALUE_TEXT, ['MyValue', 'my_value', '12345'])];
}

/** A label or annotation key: a name with an optional DNS prefix. */
export function faultsOfQualifiedName(text: string): string[] {
  const parts = text.split('/');
  if (parts.length > 2) return [`a qualified name ${qualifiedShape()} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  const name = parts.at(-1) ?? '';
  return [...(parts.length === 2 ? faultsOfPrefix(parts[0] ?? '') : []), ...faultsOfLocalName(name)];
}

function faultsOfPrefix(prefix: string): string[] {
  const faults = prefix === '' ? ['must be non-empty'] : faultsOfSubdomain(prefix);
  return faults.map((fault) => `prefix part ${fault}`);
}

function faultsOfLocalName(name: string): string[] {
  const size = name === '' ? ['must be non-empty'] : faultOfLength(name, 63);
  const shape = matches(name, QUALIFIED) ? [] : [qualifiedShape()];
  return [...size, ...shape].map((fault) => `name part ${fault}`);
}

function qualifiedShape(): string {
  return explain(QUALIFIED_TEXT, QUALIFIED, ['MyName', 'my.name', '123-abc']);
}

function faultOfLength(text: string, max: number): string[] {
  return Buffer.byteLength(text) > max ? [`must be no more than ${max} characters`] : [];
}

function faultOfPattern(text: string, pattern: string, fault: string, examples: readonly string[]): string[] {
  return matches(text, pattern) ? [] : [explain(fault, pattern, examples)];
}

const COMPILED = new Map([LABEL, SUBDOMAIN, QUALIFIED, LABEL_VALUE].map((pattern) => [pattern, new RegExp(`^${pattern}$`)]));

function matches(text: string, pattern: string): boolean {
  return COMPILED.get(pattern)?.test(text) === true;
}

function explain(fault: string, pattern: string, examples: readonly string[]): string {
  return `${fault} (e.g. ${examples.map((example) => `'${example}', `).join(' or ')}regex used for validation is '${pattern}')`;
}
