import { groupOf, isKubeBlocksGroup } from '../dialect';
import type { FactKind } from '../facts/facts';
import type { PlacedDocument } from '../manifestFile';
import type { ManifestObject } from '../manifestObject';
import type { Span } from '../yaml/node';
import type { KubeObject } from '../../kubeblocks/objects';
import type { AssistContext } from './assistContext';
import { createSurroundings } from '../facts/surroundings';

/** What a line above a manifest can say: the object, and what the connected cluster holds of it. */
export interface CodeLensData {
  readonly range: Span;
  readonly object: ManifestObject;
  /** Undefined where no cluster knows it. */
  readonly live: { readonly object: KubeObject; readonly cluster: string } | undefined;
}

/** Of a document, one for each of its manifests. */
export function codeLenses({ facts }: Pick<AssistContext, 'facts'>): (placed: PlacedDocument) => readonly CodeLensData[] {
  const inClusters = facts.filter(({ origin }) => origin.kind === 'cluster');
  const clusters = createSurroundings([], inClusters);
  return ({ document, start }) =>
    document.objects
      .filter(({ apiVersion }) => isKubeBlocksGroup(groupOf(apiVersion)))
      .map((object) => {
        const found = object.name === undefined ? undefined : clusters.find(object.kind as FactKind, object.namespace, object.name);
        const live = found?.origin.kind === 'cluster' ? { object: found.object, cluster: found.origin.name } : undefined;
        return { range: { start: object.root.start + start, end: object.root.start + start }, object, live };
      });
}
