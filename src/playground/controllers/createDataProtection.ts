import type { Controller } from '../world';
import type { LogSource } from '../workloads/podLogs';
import { actionSetController } from './actionSet';
import { createBackupController } from './backup';
import { backupPolicyController } from './backupPolicy';
import { backupPolicyTemplateController } from './backupPolicyTemplate';
import { createBackupRepoController } from './backupRepo';
import { backupScheduleController } from './backupSchedule';
import { clusterBackups } from './clusterBackups';
import { garbageCollector } from './garbageCollection';
import { createRestoreController } from './restore';
import { storageProviderController } from './storageProvider';
import { volumePopulator } from './volumePopulator';

/** KubeBlocks' data-protection manager. */
export function createDataProtection(logs: LogSource): readonly Controller[] {
  return [
    storageProviderController,
    createBackupRepoController(logs),
    actionSetController,
    backupPolicyTemplateController,
    backupPolicyController,
    createBackupController(logs),
    backupScheduleController,
    createRestoreController(logs),
    volumePopulator,
    clusterBackups,
    garbageCollector,
  ];
}
