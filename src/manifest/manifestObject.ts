import type { AnyObject } from '../kubeblocks/objects';
import { nodeValue, valueNode } from './nodeValue';
import type { ManifestDocument } from './manifestDocument';
import { nodeAt, type Path } from './manifestPath';
import type { MapNode, YamlNode } from './yaml/node';

/** One Kubernetes object: a document, an item of a `List`, or what a plan wants to create. */
export interface ManifestObject {
  /** The text it stands in; undefined for an object of a plan. */
  readonly document: ManifestDocument | undefined;
  /** Where it begins in its document: empty, or `['items', n]`. */
  readonly base: Path;
  readonly root: MapNode;
  readonly apiVersion: string;
  readonly kind: string;
  /** Undefined where none is written. */
  readonly name: string | undefined;
  readonly namespace: string | undefined;
}

/** An object that no text holds. */
export function objectOf(object: AnyObject): ManifestObject {
  const root = valueNode(object);
  if (root.type !== 'map') throw new Error('an object is a map');
  return describeObject(root, undefined, []);
}

/** The objects of a document's tree; what is no object (no kind, no apiVersion) is none of ours. */
export function objectsIn(root: YamlNode | undefined, document: ManifestDocument): readonly ManifestObject[] {
  if (root?.type !== 'map') return [];
  const items = nodeAt(root, ['items']);
  if (textAt(root, 'kind')?.endsWith('List') !== true || items?.type !== 'list') return isObject(root) ? [describeObject(root, document, [])] : [];
  return items.items.flatMap((item, index) => (item.type === 'map' && isObject(item) ? [describeObject(item, document, ['items', index])] : []));
}

const values = new WeakMap<MapNode, AnyObject>();

/** The object as plain data. Nothing is promised about its fields. */
export function plainObject(object: ManifestObject): AnyObject {
  const known = values.get(object.root);
  if (known !== undefined) return known;
  const value = nodeValue(object.root) as AnyObject;
  values.set(object.root, value);
  return value;
}

function isObject(root: MapNode): boolean {
  return (textAt(root, 'apiVersion') ?? '') !== '' && (textAt(root, 'kind') ?? '') !== '';
}

function describeObject(root: MapNode, document: ManifestDocument | undefined, base: Path): ManifestObject {
  const metadata = nodeAt(root, ['metadata']);
  const namespace = textAt(metadata, 'namespace');
  return {
    document,
    base,
    root,
    apiVersion: textAt(root, 'apiVersion') ?? '',
    kind: textAt(root, 'kind') ?? '',
    name: textAt(metadata, 'name'),
    namespace: namespace === '' ? undefined : namespace,
  };
}

function textAt(node: YamlNode | undefined, key: string): string | undefined {
  const value = nodeAt(node, [key]);
  return value?.type === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}
