import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { AnyObject } from '../../../src/kubeblocks/objects';
import type { Database } from './databases';

const ADDONS = join(__dirname, '..', 'addons');
const CLUSTER = 'cluster.yaml';

/** What makes an engine a database of KubeBlocks: its definition, its action sets, and its policy template at last. */
export function addonManifests(name: Database['name']): readonly AnyObject[] {
  const objects = readdirSync(join(ADDONS, name))
    .filter((file) => file.endsWith('.yaml') && file !== CLUSTER)
    .flatMap((file) => read(name, file));
  const order = ['ComponentDefinition', 'ActionSet', 'BackupPolicyTemplate'];
  return objects.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

/** The add-on's example of a cluster. */
export function addonCluster(name: Database['name'], namespace: string): AnyObject {
  const [cluster] = read(name, CLUSTER);
  if (cluster === undefined) throw new Error(`the add-on of ${name} has no cluster`);
  return { ...cluster, metadata: { ...cluster.metadata, namespace } };
}

function read(name: string, file: string): readonly AnyObject[] {
  return [...parseAllDocuments(readFileSync(join(ADDONS, name, file), 'utf8'))].map((document) => document.toJS() as AnyObject);
}
