import * as l10n from '@vscode/l10n';
import { stringify } from 'yaml';
import type { AnyObject } from '../../kubeblocks/objects';
import { redact } from '../../kubeblocks/redact';
import { resourceOnLine } from '../../kubeblocks/kindsOfLine';
import type { TimeContext } from '../../kubeblocks/timeText';
import { explainApiError } from '../../operations/explainApiError';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import type { Operations } from '../connection/operations';
import type { DocumentText } from './documents';
import type { ObjectAddress } from './pageUpkeep';
import { describePage, diagnosisPage, enginesPage, lineagePage, windowPage } from './pages';

export interface DocumentTextDeps {
  readonly operations: () => Operations | undefined;
  readonly time: () => TimeContext;
  /** The line that was chosen for manifests; undefined where the cluster decides. */
  readonly chosenLine: () => KubeBlocksLine | undefined;
}

/** Reads the object a document is about and puts it into the document's form, without credentials. */
export function createDocumentText(deps: DocumentTextDeps): DocumentText {
  return async (address) => {
    const operations = deps.operations();
    if (address.form === 'engines') {
      return enginesPage(operations, deps.chosenLine());
    }
    if (operations?.session.context !== address.context) {
      return l10n.t('{0} cannot be shown: it is in {1}, which is not connected now. Choose that context, and open it again.', address.ref.name, address.context);
    }
    if (address.form === 'window') {
      return windowPage(operations, address.ref, deps.time());
    }
    const object = await read(operations, address);
    switch (address.form) {
      case 'yaml':
        return stringify(asKubectlOrders(redact(object)), { lineWidth: 0 });
      case 'describe':
        return describePage(operations, address.ref, object, deps.time());
      case 'lineage':
        return lineagePage(operations, object, deps.time());
      case 'diagnosis':
        return diagnosisPage(operations, address.ref, object, deps.time());
    }
  };
}

/** Names before contents, as everybody is used to; the server sends its parts in another order. */
function asKubectlOrders({ apiVersion, kind, metadata, ...contents }: AnyObject): AnyObject {
  return { apiVersion, kind, metadata, ...contents };
}

async function read({ session }: Operations, { ref }: ObjectAddress): Promise<AnyObject> {
  try {
    return await session.api.get(resourceOnLine(ref.kind, session.inventory.line ?? '1.0'), ref.name, ref.namespace);
  } catch (error) {
    throw explainApiError(error, l10n.t('{0} cannot be shown', ref.name));
  }
}
