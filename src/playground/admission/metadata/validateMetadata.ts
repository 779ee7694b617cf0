import type { ObjectMeta, OwnerReference } from '../../../kubeblocks/objects';
import { qualifiedName, type Resource } from '../../../kubeblocks/resource';
import { isCustomResource } from '../../store/kindTraits';
import { forbidden, invalid, invalidStruct, required, tooLong, type FieldError } from '../fieldError';
import { faultsOfLabel, faultsOfLabelValue, faultsOfQualifiedName, faultsOfSubdomain } from './names';

type NameRule = (name: string) => readonly string[];

/** Kinds whose names become a DNS label; all others are subdomains. */
const LABEL_NAMED = new Set(['namespaces', 'services']);

/** The rules every object's metadata obeys (k8s.io/apimachinery pkg/api/validation/objectmeta.go). */
export function validateMetadata(metadata: Partial<ObjectMeta>, resource: Resource): FieldError[] {
  const nameFaults = LABEL_NAMED.has(qualifiedName(resource)) ? faultsOfLabel : faultsOfSubdomain;
  return [
    ...generatedName(metadata.generateName, nameFaults),
    ...name(metadata.name, nameFaults),
    ...namespace(metadata.namespace, resource.namespaced),
    ...labels(metadata.labels),
    ...annotations(metadata.annotations),
    ...ownerReferences(metadata.ownerReferences),
    ...finalizers(metadata.finalizers),
    ...(isCustomResource(resource) ? [] : unqualifiedFinalizers(metadata.finalizers)),
  ];
}

function each(path: string, value: unknown, faults: readonly string[]): FieldError[] {
  return faults.map((fault) => invalid(path, value, fault));
}

/** A trailing dash is fine, as something follows it; like Kubernetes, the character before it is not looked at. */
function generatedName(prefix: string | undefined, faultsOf: NameRule): FieldError[] {
  if (prefix === undefined || prefix === '') return [];
  const masked = prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix;
  return each('metadata.generateName', prefix, faultsOf(masked));
}

function name(text: string | undefined, faultsOf: NameRule): FieldError[] {
  if (text === undefined || text === '') return [required('metadata.name', 'name or generateName is required')];
  return each('metadata.name', text, faultsOf(text));
}

function namespace(text: string | undefined, namespaced: boolean): FieldError[] {
  const path = 'metadata.namespace';
  const isGiven = text !== undefined && text !== '';
  if (!namespaced) return isGiven ? [forbidden(path, 'not allowed on this type')] : [];
  return isGiven ? each(path, text, faultsOfLabel(text)) : [required(path)];
}

function labels(given: Readonly<Record<string, string>> | undefined): FieldError[] {
  const path = 'metadata.labels';
  return Object.entries(given ?? {}).flatMap(([key, value]) => [
    ...each(path, key, faultsOfQualifiedName(key)),
    ...each(path, value, faultsOfLabelValue(value)),
  ]);
}

const MAX_ANNOTATIONS_BYTES = 256 * 1024;

function annotations(given: Readonly<Record<string, string>> | undefined): FieldError[] {
  const path = 'metadata.annotations';
  const keys = Object.keys(given ?? {}).flatMap((key) => each(path, key, faultsOfQualifiedName(key.toLowerCase())));
  const bytes = Buffer.byteLength(Object.entries(given ?? {}).flat().join(''));
  return bytes > MAX_ANNOTATIONS_BYTES ? [...keys, tooLong(path, MAX_ANNOTATIONS_BYTES)] : keys;
}

function ownerReferences(references: readonly OwnerReference[] = []): FieldError[] {
  const path = 'metadata.ownerReferences';
  const controllers = references.filter((reference) => reference.controller === true).map((reference) => `${reference.kind}/${reference.name}`);
  const [first, ...others] = controllers;
  return [
    ...references.flatMap((reference) => ownerReference(reference, path)),
    ...others.map((other) =>
      invalidStruct(path, JSON.stringify(references), `Only one reference can have Controller set to true. Found "true" in references for ${first ?? ''} and ${other}`),
    ),
  ];
}

function ownerReference(reference: OwnerReference, path: string): FieldError[] {
  const version = reference.apiVersion.split('/').at(-1) ?? '';
  return [
    ...(version === '' ? [invalid(`${path}.apiVersion`, reference.apiVersion, 'version must not be empty')] : []),
    ...(['kind', 'name', 'uid'] as const).filter((key) => reference[key] === '').map((key) => invalid(`${path}.${key}`, '', 'must not be empty')),
  ];
}

const STANDARD_FINALIZERS = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

/** Kubernetes' own kinds take its finalizers and those with a prefix (k8s.io/kubernetes pkg/apis/core/validation). */
function unqualifiedFinalizers(given: readonly string[] = []): FieldError[] {
  const text = 'name is neither a standard finalizer name nor is it fully qualified';
  return given.flatMap((name, index) => (name.includes('/') || STANDARD_FINALIZERS.has(name) ? [] : [invalid(`metadata.finalizers[${index}]`, name, text)]));
}

function finalizers(given: readonly string[] = []): FieldError[] {
  const path = 'metadata.finalizers';
  const names = given.flatMap((finalizer) => each(path, finalizer, faultsOfQualifiedName(finalizer)));
  if (!given.includes('orphan') || !given.includes('foregroundDeletion')) return names;
  return [...names, invalid(path, given, 'finalizer orphan and foregroundDeletion cannot be both set')];
}
