import * as l10n from '@vscode/l10n';
import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import type { FactKind } from '../facts/facts';
import { originText } from '../facts/originText';
import { pathText, type Path } from '../manifestPath';
import { nodeValue } from '../nodeValue';
import type { Rule } from './rule';

/** @see the CEL rules "self == oldSelf" of the definitions: "forbidden to update spec.backupMethod", "StorageProviderRef is immutable", "restore is immutable" and others */
export const immutableFields: Rule = {
  code: 'KB-X004',
  severity: 'error',
  title: 'Change of a field that cannot be changed',
  lines: ['0.7', '0.8', '0.9', '1.0', '1.1', '1.2'],
  kinds: ['Backup', 'BackupRepo', 'Cluster', 'OpsRequest', 'Restore'],
  check(context) {
    const { object, dialect } = context;
    const live = object.name === undefined ? undefined : context.findLive(object.kind as FactKind, object.name);
    const schema = live === undefined ? undefined : dialect.kindOf(object.apiVersion, object.kind)?.schema;
    if (live === undefined || schema === undefined) return;
    for (const path of fixedPaths(schema)) {
      const was = valueAt(live.object, path);
      const field = context.root.at(...path);
      if (was === undefined || field.node === undefined || !field.isWritten || !differs(nodeValue(field.node), was)) continue;
      const text = typeof was === 'object' ? undefined : JSON.stringify(was);
      const message = text !== undefined
        ? l10n.t('{0} cannot be changed: {1} {2} {3} has {4}, and the API server refuses this manifest. Keep it, or make another object.', pathText(path), object.kind, object.name ?? '', originText(live.origin), text)
        : l10n.t('{0} cannot be changed: {1} {2} {3} has another, and the API server refuses this manifest. Keep it, or make another object.', pathText(path), object.kind, object.name ?? '', originText(live.origin));
      context.report(field, message, text !== undefined ? { fixes: [context.setValue(l10n.t('Change to {0}', text), field, was)] } : { part: 'key' });
    }
  },
};

const fixed = new WeakMap<StructuralSchema, readonly Path[]>();

/** Where a value must stay what it was, outermost first: what is below such a place is looked at with it. */
function fixedPaths(schema: StructuralSchema): readonly Path[] {
  const known = fixed.get(schema);
  if (known !== undefined) return known;
  const paths = schema.properties?.['spec'] === undefined ? [] : pathsIn(schema.properties['spec'], ['spec']);
  fixed.set(schema, paths);
  return paths;
}

function pathsIn(schema: StructuralSchema, path: Path): Path[] {
  if (schema['x-kubernetes-validations']?.some(({ rule }) => rule.replaceAll(' ', '') === 'self==oldSelf') === true) return [path];
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => pathsIn(field, [...path, key]));
}

function valueAt(object: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (isMap(value) ? value[String(step)] : undefined), object);
}

/** Of what a cluster holds not everything is kept, and defaults were added: only what both sides say can differ. */
function differs(written: unknown, live: unknown): boolean {
  if (isMap(written) && isMap(live)) return Object.keys(written).some((key) => live[key] !== undefined && written[key] !== null && differs(written[key], live[key]));
  if (Array.isArray(written) && Array.isArray(live)) return listsDiffer(written, live);
  return typeof written === typeof live && written !== live;
}

/** The order of a list with names does not count. */
function listsDiffer(written: readonly unknown[], live: readonly unknown[]): boolean {
  if (written.length !== live.length) return true;
  return written.some((item, index) => {
    const name = isMap(item) ? item['name'] : undefined;
    const other = name === undefined ? live[index] : live.find((each) => isMap(each) && each['name'] === name);
    return other === undefined || differs(item, other);
  });
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
