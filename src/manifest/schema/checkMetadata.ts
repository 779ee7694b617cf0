import * as l10n from '@vscode/l10n';
import { entryOf, type MapNode, type YamlNode } from '../yaml/node';
import { METADATA_SCHEMA } from './metadataSchema';
import type { Report } from './schemaFault';
import { walkSchema } from './walkSchema';

/** The rules every object's metadata obeys (k8s.io/apimachinery `pkg/api/validation/objectmeta.go`). */
export function checkMetadata(root: MapNode, namespaced: boolean, report: Report): void {
  const metadata = entryOf(root, 'metadata')?.value;
  if (metadata === undefined || isNull(metadata)) {
    reportMissingName(report);
    return;
  }
  walkSchema(metadata, METADATA_SCHEMA, ['metadata'], { report });
  if (metadata.type !== 'map') return;
  checkNames(metadata, namespaced, report);
  checkTexts(metadata, 'labels', report, labelValueProblem);
  checkTexts(metadata, 'annotations', report, () => undefined);
  checkOwners(entryOf(metadata, 'ownerReferences')?.value, report);
  checkFinalizers(entryOf(metadata, 'finalizers')?.value, report);
}

function reportMissingName(report: Report): void {
  report({ code: 'schema/missing-field', path: ['metadata', 'name'], part: 'key', message: l10n.t('metadata.name is missing: the API server refuses an object without a name.') });
}

function checkNames(metadata: MapNode, namespaced: boolean, report: Report): void {
  const name = textOf(metadata, 'name');
  const generated = textOf(metadata, 'generateName');
  const problem = (key: string, text: string | undefined): void => {
    if (text !== undefined) report({ code: 'schema/metadata', path: ['metadata', key], part: 'value', message: text });
  };
  if (name === undefined || name === '') {
    const isWritten = entryOf(metadata, 'name')?.value.type === 'scalar' && name === undefined && !isNull(entryOf(metadata, 'name')?.value);
    if ((generated ?? '') === '' && !isWritten) reportMissingName(report);
  } else {
    problem('name', subdomainProblem(name));
  }
  if (generated !== undefined && generated !== '') problem('generateName', subdomainProblem(generated.length > 1 && generated.endsWith('-') ? `${generated.slice(0, -2)}a` : generated));
  const namespace = textOf(metadata, 'namespace');
  if (namespaced && namespace !== undefined && namespace !== '') problem('namespace', labelProblem(namespace));
}

function checkTexts(metadata: MapNode, field: 'labels' | 'annotations', report: Report, valueProblem: (value: string) => string | undefined): void {
  const map = entryOf(metadata, field)?.value;
  if (map?.type !== 'map') return;
  let bytes = 0;
  for (const { key, value } of map.entries) {
    const text = value.type === 'scalar' && typeof value.value === 'string' ? value.value : '';
    bytes += key.length + text.length;
    const keyProblem = qualifiedNameProblem(field === 'labels' ? key : key.toLowerCase());
    if (keyProblem !== undefined) report({ code: 'schema/metadata', path: ['metadata', field, key], part: 'key', message: keyProblem });
    const problem = valueProblem(text);
    if (problem !== undefined) report({ code: 'schema/metadata', path: ['metadata', field, key], part: 'value', message: problem });
  }
  if (field === 'annotations' && bytes > 256 * 1024) report({ code: 'schema/metadata', path: ['metadata', field], part: 'key', message: l10n.t('The annotations are too long: the API server takes 256 KiB at most.') });
}

function checkOwners(list: YamlNode | undefined, report: Report): void {
  if (list?.type !== 'list') return;
  let controllers = 0;
  for (const [index, item] of list.items.entries()) {
    const owner = item.type === 'map' ? item : undefined;
    for (const key of ['kind', 'name', 'uid', 'apiVersion']) {
      const text = owner === undefined ? '' : (textOf(owner, key) ?? '');
      const isEmpty = key === 'apiVersion' ? text.slice(text.lastIndexOf('/') + 1) === '' : text === '';
      if (isEmpty) report({ code: 'schema/metadata', path: ['metadata', 'ownerReferences', index, key], part: 'value', message: l10n.t('An owner needs its {0}: the API server refuses the object.', key) });
    }
    const controller = owner === undefined ? undefined : entryOf(owner, 'controller')?.value;
    if (controller?.type === 'scalar' && controller.value === true) controllers += 1;
  }
  if (controllers > 1) report({ code: 'schema/metadata', path: ['metadata', 'ownerReferences'], part: 'key', message: l10n.t('Only one owner can be the controller: the API server refuses the object.') });
}

function checkFinalizers(list: YamlNode | undefined, report: Report): void {
  if (list?.type !== 'list') return;
  const names = list.items.map((item) => (item.type === 'scalar' && typeof item.value === 'string' ? item.value : ''));
  for (const [index, name] of names.entries()) {
    const problem = qualifiedNameProblem(name);
    if (problem !== undefined) report({ code: 'schema/metadata', path: ['metadata', 'finalizers', index], part: 'value', message: problem });
  }
  if (names.includes('orphan') && names.includes('foregroundDeletion')) {
    report({ code: 'schema/metadata', path: ['metadata', 'finalizers'], part: 'key', message: l10n.t('The finalizers orphan and foregroundDeletion exclude each other.') });
  }
}

const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const LABEL_PATTERN = new RegExp(`^${LABEL}$`);
const SUBDOMAIN_PATTERN = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);
const QUALIFIED_PATTERN = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

function subdomainProblem(name: string): string | undefined {
  if (name.length > 253) return l10n.t('The name has {0} characters: the API server takes at most {1}.', name.length, 253);
  return SUBDOMAIN_PATTERN.test(name) ? undefined : l10n.t('"{0}" is no name: the API server takes lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part.', name);
}

function labelProblem(name: string): string | undefined {
  return name.length <= 63 && LABEL_PATTERN.test(name) ? undefined : l10n.t('"{0}" is no name of a namespace: the API server takes at most 63 lower-case letters, digits and "-", with a letter or digit at both ends.', name);
}

function labelValueProblem(value: string): string | undefined {
  if (value === '' || (value.length <= 63 && QUALIFIED_PATTERN.test(value))) return undefined;
  return l10n.t('"{0}" is no value of a label: the API server takes at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends.', value);
}

/** The same few keys stand on everything; of those that are being typed not all need be kept. */
const rightKeys = new Set<string>();
const MOST_KEYS = 500;

function qualifiedNameProblem(key: string): string | undefined {
  if (rightKeys.has(key)) return undefined;
  const problem = findQualifiedNameProblem(key);
  if (problem === undefined) {
    if (rightKeys.size >= MOST_KEYS) rightKeys.clear();
    rightKeys.add(key);
  }
  return problem;
}

function findQualifiedNameProblem(key: string): string | undefined {
  const parts = key.split('/');
  const name = parts.at(-1) ?? '';
  const prefix = parts.length === 2 ? parts[0] : undefined;
  const isRight = parts.length <= 2 && name.length <= 63 && QUALIFIED_PATTERN.test(name) && (prefix === undefined || subdomainProblem(prefix) === undefined);
  return isRight ? undefined : l10n.t('"{0}" is no key: the API server takes a name of at most 63 letters, digits, "-", "_" and ".", after a domain and "/" if you like.', key);
}

function textOf(map: MapNode, key: string): string | undefined {
  const value = entryOf(map, key)?.value;
  return value?.type === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

function isNull(node: YamlNode | undefined): boolean {
  return node?.type === 'scalar' && node.value === null;
}
