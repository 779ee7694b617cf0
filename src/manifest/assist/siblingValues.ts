import * as l10n from '@vscode/l10n';
import type { AnyObject, KubeObject } from '../../kubeblocks/objects';
import type { Surroundings } from '../facts/surroundings';
import { rootField, type Field } from '../field';
import { objectOf } from '../manifestObject';
import type { Suggestion } from './suggestion';
import { textIn } from './textIn';
import type { Typed } from './typedAt';

/** Names that an object gives itself (methods of the same list), and components of the cluster it is about. */
export function siblingValues({ object, path }: Typed, around: Surroundings): readonly Suggestion[] {
  if (object === undefined) return [];
  const key = path.at(-1);
  if (key === 'compatibleMethod') return siblings(rootField(object.root).at(...path.slice(0, -2)), path.at(-2));
  if (key !== 'componentName' || object.kind !== 'OpsRequest') return [];
  const name = textIn(object.root, ['spec', 'clusterName']) ?? textIn(object.root, ['spec', 'clusterRef']);
  const cluster = name === undefined ? undefined : around.find('Cluster', object.namespace, name);
  return cluster === undefined ? [] : componentNames(cluster.object).map((value) => ({ value, kind: 'reference', detail: l10n.t('component of {0}', cluster.object.metadata.name) }));
}

function siblings(list: Field, own: string | number | undefined): readonly Suggestion[] {
  return list.items.filter((_, index) => index !== own).flatMap((item) => item.at('name').text ?? []).map((value) => ({ value, kind: 'reference', detail: l10n.t('this file') }));
}

function componentNames(cluster: KubeObject): readonly string[] {
  const spec = rootField(objectOf(cluster as AnyObject).root).at('spec');
  return ['componentSpecs', 'shardings', 'shardingSpecs'].flatMap((list) => spec.at(list).items.flatMap((item) => item.at('name').text ?? []));
}
