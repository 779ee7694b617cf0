import { join } from 'node:path';
import { createAdmission } from '../../../src/playground/admission/createAdmission';
import { crdObject } from '../../../src/playground/admission/crdObject';
import { loadCrds } from '../../../src/playground/admission/loadCrds';
import { loadKubernetes } from '../../../src/playground/admission/loadKubernetes';
import { createApiServer } from '../../../src/playground/api/apiServer';
import { createSchemas } from '../../../src/playground/api/schemas';
import { createFieldOwnership } from '../../../src/playground/ownership/fieldOwnership';
import { RESOURCES } from '../../../src/playground/resources';
import { createClock } from '../../../src/playground/runtime/clock';
import { createFaults } from '../../../src/playground/runtime/faults';
import { createRandom } from '../../../src/playground/runtime/random';
import { createObjectStore } from '../../../src/playground/store/objectStore';
import { createPodLogs } from '../../../src/playground/workloads/podLogs';
import type { CrdDefinition } from '../../../src/kubeblocks/schema/crd';
import { createClient } from './client';
import type { RealApi } from './realApi';

const SCHEMAS = join(__dirname, '../../../schemas');
const WANTED = new Set(['backups', 'backuprepos', 'backuppolicies', 'opsrequests', 'actionsets', 'backupschedules']);

/** Kinds that both servers have. */
export function customKinds(): readonly CrdDefinition[] {
  return loadCrds('1.0', SCHEMAS).filter(({ plural, group }) => WANTED.has(plural) && group !== 'apps.kubeblocks.io');
}

/** The playground's API alone, without controllers. */
export async function startPlaygroundApi(): Promise<RealApi> {
  const crds = customKinds();
  const clock = createClock({ start: Date.now(), speed: 1 });
  const schemas = createSchemas(crds, loadKubernetes(SCHEMAS));
  const ownership = createFieldOwnership((stored) => schemas.of(stored));
  const store = createObjectStore({ clock, random: createRandom(1), admission: createAdmission(crds), ownership });
  for (const crd of crds) store.create(RESOURCES.customResourceDefinition, crdObject(crd, clock.timestamp()));
  const server = await createApiServer({ store, clock, crds, schemas, ownership, faults: createFaults(), logs: createPodLogs(), token: 'conformance' });
  return {
    client: createClient(server.address, 'conformance', server.certificateAuthority),
    about: { address: server.address, ca: server.certificateAuthority ?? '' },
    async close() {
      clock.dispose();
      await server.close();
    },
  };
}
