import type { AnyObject } from '../../../../src/kubeblocks/objects';
import { story, type Stage, type Story } from '../story';
import { repository } from './objects';

const COMMON = { accessMethod: 'Tool', pvReclaimPolicy: 'Retain' };
const CREDENTIAL = { name: 'object-store-credentials', namespace: 'kb-system' };
const CONFIG = { bucket: 'cluster-lane', endpoint: 'https://objects.cluster-lane.invalid', region: 'eu-central-1' };

function failing(name: string, spec: object): Story {
  return story({ name, engine: false, makesRepository: true }, async (stage) => {
    await stage.create(repository(stage, { ...COMMON, ...spec }));
    await stage.untilPhase('BackupRepo', stage.repository, 'Failed');
  });
}

const readyTool = (stage: Stage): AnyObject => repository(stage, { ...COMMON, storageProviderRef: 's3-compatible', config: CONFIG, credential: CREDENTIAL });

/** BackupRepo: ready by tool and by volume, each way to fail, deleted. */
export const repositories: readonly Story[] = [
  story({ name: 'repository: a tool', engine: false, makesRepository: true }, async (stage) => {
    await stage.create(readyTool(stage));
    await stage.untilPhase('BackupRepo', stage.repository, 'Ready');
    await stage.untilQuiet();
    await stage.delete('BackupRepo', stage.repository);
    await stage.untilGone('BackupRepo', stage.repository);
  }),
  story({ name: 'repository: a volume', engine: false, makesRepository: true }, async (stage) => {
    const config = { storageClassName: 'lane-ssd', accessMode: 'ReadWriteOnce' };
    await stage.create(repository(stage, { storageProviderRef: 'pvc', accessMethod: 'Mount', pvReclaimPolicy: 'Delete', volumeCapacity: '10Gi', config }));
    await stage.untilPhase('BackupRepo', stage.repository, 'Ready');
  }),
  story({ name: 'repository: the check fails', engine: false, makesRepository: true }, async (stage) => {
    stage.failWork({ does: 'check', of: stage.repository }, 'dial tcp: lookup objects.cluster-lane.invalid: no such host');
    await stage.create(readyTool(stage));
    await stage.untilPhase('BackupRepo', stage.repository, 'Failed');
  }),
  failing('repository: no such provider', { storageProviderRef: 'nowhere' }),
  failing('repository: no such credential', { storageProviderRef: 's3-compatible', config: CONFIG, credential: { name: 'nothing', namespace: 'kb-system' } }),
  story({ name: 'repository: a parameter is missing', engine: false, makesRepository: true }, async (stage) => {
    await stage.create(repository(stage, { ...COMMON, storageProviderRef: 's3-compatible', config: { region: 'eu-central-1' }, credential: CREDENTIAL }));
    await stage.untilPhase('BackupRepo', stage.repository, 'Ready');
  }),
  failing('repository: no driver to mount with', { storageProviderRef: 's3-compatible', accessMethod: 'Mount', config: CONFIG, credential: CREDENTIAL }),
  failing('repository: a provider without a tool', { storageProviderRef: 'pvc', config: { storageClassName: 'lane-ssd', accessMode: 'ReadWriteOnce' } }),
];
