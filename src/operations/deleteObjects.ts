import * as l10n from '@vscode/l10n';
import type { AnyObject } from '../kubeblocks/objects';
import type { Resource } from '../kubeblocks/resource';
import { afterOthers } from './applyChanges';
import { isNotFound } from './createOnce';
import { explainApiError } from './explainApiError';
import { createResourceFinder } from './findResource';
import { liveObject } from './planChanges';
import type { Confirm, OperationDeps } from './ports';
import { writableObject } from './writableObject';

/** An object of a manifest that the cluster has. */
export interface Doomed {
  readonly resource: Resource;
  readonly live: AnyObject;
}

/** Those objects that the cluster has, last one first: what builds on another goes before it. Rejects with an `AppError`. */
export async function findDoomed({ api }: Pick<OperationDeps, 'api'>, objects: readonly AnyObject[], defaultNamespace: string, signal?: AbortSignal): Promise<readonly Doomed[]> {
  const find = createResourceFinder(api);
  const doomed: Doomed[] = [];
  for (const each of objects.toReversed()) {
    const resource = await find(each.apiVersion, each.kind, signal);
    const object = writableObject(each, resource, defaultNamespace);
    try {
      const live = await liveObject(api, resource, object, signal);
      if (live !== undefined) {
        doomed.push({ resource, live });
      }
    } catch (error) {
      throw explainApiError(error, l10n.t('{0} {1} could not be deleted', resource.kind, object.metadata.name));
    }
  }
  return doomed;
}

/** Deletes objects after asking once; false when declined. An object that was made anew meanwhile is spared. Rejects with an `AppError`. */
export async function deleteObjects({ api, logger }: Pick<OperationDeps, 'api' | 'logger'>, doomed: readonly Doomed[], context: string, confirm: Confirm): Promise<boolean> {
  if (doomed.length > 0 && !(await confirm.ask(questionFor(doomed, context)))) {
    return false;
  }
  const done: string[] = [];
  for (const { resource, live } of doomed) {
    const { name, namespace, uid } = live.metadata;
    try {
      await api.delete(resource, name, namespace, uid === undefined ? {} : { uid });
    } catch (error) {
      if (!isNotFound(error)) {
        throw afterOthers(explainApiError(error, l10n.t('{0} {1} could not be deleted', resource.kind, name)), done);
      }
      logger.info(`delete ${resource.kind} ${name}: it was gone already`);
    }
    done.push(`${resource.kind} ${name}`);
  }
  return true;
}

function questionFor(doomed: readonly Doomed[], context: string): { message: string; detail: string; agree: string } {
  const [first] = doomed;
  const names = doomed.map(({ resource, live: { metadata } }) => (metadata.namespace === undefined ? l10n.t('{0} {1}', resource.kind, metadata.name) : l10n.t('{0} {1} in namespace {2}', resource.kind, metadata.name, metadata.namespace)));
  const isAlone = doomed.length === 1 && first !== undefined;
  return {
    message: isAlone ? l10n.t('Delete {0} {1}?', first.resource.kind, first.live.metadata.name) : l10n.t('Delete {0} objects?', doomed.length),
    detail: [names.join('\n'), l10n.t('Context {0}. This cannot be undone.', context), ...doomed.flatMap(({ live }) => consequences(live))].join('\n\n'),
    agree: l10n.t('Delete'),
  };
}

/** What goes with an object, or keeps it from going. */
function consequences({ kind, metadata: { name }, spec }: AnyObject): readonly string[] {
  const field = (key: string): unknown => (typeof spec === 'object' && spec !== null ? (spec as Record<string, unknown>)[key] : undefined);
  if (kind === 'Cluster') {
    switch (field('terminationPolicy')) {
      case 'WipeOut':
        return [l10n.t('The policy of {0} is WipeOut: its volumes and its backups are removed, too.', name)];
      case 'DoNotTerminate':
        return [l10n.t('The policy of {0} is DoNotTerminate: KubeBlocks will not let it go before that is changed.', name)];
      case 'Halt':
        return [l10n.t('The policy of {0} is Halt: its volumes and its backups stay.', name)];
      default:
        return [l10n.t('The volumes of {0} are removed with it; its backups stay.', name)];
    }
  }
  return kind === 'BackupRepo' ? [l10n.t('KubeBlocks lets {0} go only when no backup is left in it.', name)] : [];
}
