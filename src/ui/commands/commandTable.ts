import { applyManifest } from './applyManifest';
import { backUpNow } from './backUpNow';
import { backUpSeveral } from './backUpSeveral';
import { setDefaultRepository, unsetDefaultRepository } from './changeDefaultRepository';
import { changePolicy } from './changePolicy';
import { changePolicyRepository } from './changePolicyRepository';
import { changeRetention } from './changeRetention';
import { checkRestore } from './checkRestore';
import { chooseContext } from './chooseContext';
import { chooseKubeconfig } from './chooseKubeconfig';
import { closePlayground } from './closePlayground';
import type { Command } from './command';
import type { CommandId } from './commandIds';
import { compareCluster } from './compareCluster';
import { convertManifest } from './convertManifest';
import { copyName } from './copyName';
import { copyPermissionRule } from './copyPermissionRule';
import { copyReport } from './copyReport';
import { createRepository } from './createRepository';
import { deleteBackupSet } from './deleteBackupSet';
import { deleteBackupSets } from './deleteBackupSets';
import { deleteManifest } from './deleteManifest';
import { deleteRepository } from './deleteRepository';
import { deleteSchedule } from './deleteSchedule';
import { describe } from './describe';
import { diagnose } from './diagnose';
import { diffManifest } from './diffManifest';
import { clearBackupSetFilter, filterBackupSets } from './filterBackupSets';
import { groupBackupSets } from './groupBackupSets';
import { mendSchedule } from './mendSchedule';
import { openPlayground } from './openPlayground';
import { refresh } from './refresh';
import { restore } from './restore';
import { changeRestorePlan, exportRestorePlan, openRestorePlan, startRestorePlan } from './restorePlanCommands';
import { restoreVolumes } from './restoreVolumes';
import { revealInTree } from './revealInTree';
import { rotateCredentials } from './rotateCredentials';
import { runScheduleNow } from './runScheduleNow';
import { scheduleBackups, turnLogBackupOff, turnLogBackupOn, turnScheduleOff } from './scheduleBackups';
import { showAddonManifest } from './showAddonManifest';
import { showEngineMatrix } from './showEngineMatrix';
import { showLineage } from './showLineage';
import { showLog } from './showLog';
import { showMore } from './showMore';
import { showTimeline } from './showTimeline';
import { showYaml } from './showYaml';
import { startFix } from './startFix';

/** What each command does. Read when the first of them is called. */
export const COMMANDS = {
  'kubeblocksBackup.backUpNow': backUpNow,
  'kubeblocksBackup.backUpSeveral': backUpSeveral,
  'kubeblocksBackup.restore': restore,
  'kubeblocksBackup.restoreVolumes': restoreVolumes,
  'kubeblocksBackup.startRestorePlan': startRestorePlan,
  'kubeblocksBackup.changeRestorePlan': changeRestorePlan,
  'kubeblocksBackup.exportRestorePlan': exportRestorePlan,
  'kubeblocksBackup.openRestorePlan': openRestorePlan,
  'kubeblocksBackup.scheduleBackups': scheduleBackups,
  'kubeblocksBackup.turnScheduleOff': turnScheduleOff,
  'kubeblocksBackup.runScheduleNow': runScheduleNow,
  'kubeblocksBackup.deleteSchedule': deleteSchedule,
  'kubeblocksBackup.mendSchedule': mendSchedule,
  'kubeblocksBackup.changePolicyRepository': changePolicyRepository,
  'kubeblocksBackup.changePolicy': changePolicy,
  'kubeblocksBackup.turnLogBackupOn': turnLogBackupOn,
  'kubeblocksBackup.turnLogBackupOff': turnLogBackupOff,
  'kubeblocksBackup.showTimeline': showTimeline,
  'kubeblocksBackup.showLineage': showLineage,
  'kubeblocksBackup.compareCluster': compareCluster,
  'kubeblocksBackup.checkRestore': checkRestore,
  'kubeblocksBackup.deleteBackupSet': deleteBackupSet,
  'kubeblocksBackup.deleteBackupSets': deleteBackupSets,
  'kubeblocksBackup.changeRetention': changeRetention,
  'kubeblocksBackup.createRepository': createRepository,
  'kubeblocksBackup.setDefaultRepository': setDefaultRepository,
  'kubeblocksBackup.unsetDefaultRepository': unsetDefaultRepository,
  'kubeblocksBackup.rotateCredentials': rotateCredentials,
  'kubeblocksBackup.deleteRepository': deleteRepository,
  'kubeblocksBackup.diagnose': diagnose,
  'kubeblocksBackup.startFix': startFix,
  'kubeblocksBackup.copyReport': copyReport,
  'kubeblocksBackup.describe': describe,
  'kubeblocksBackup.showYaml': showYaml,
  'kubeblocksBackup.applyManifest': applyManifest,
  'kubeblocksBackup.diffManifest': diffManifest,
  'kubeblocksBackup.deleteManifest': deleteManifest,
  'kubeblocksBackup.convertManifest': convertManifest,
  'kubeblocksBackup.showEngineMatrix': showEngineMatrix,
  'kubeblocksBackup.showAddonManifest': showAddonManifest,
  'kubeblocksBackup.copyName': copyName,
  'kubeblocksBackup.revealInTree': revealInTree,
  'kubeblocksBackup.refresh': refresh,
  'kubeblocksBackup.chooseContext': chooseContext,
  'kubeblocksBackup.chooseKubeconfig': chooseKubeconfig,
  'kubeblocksBackup.openPlayground': openPlayground,
  'kubeblocksBackup.closePlayground': closePlayground,
  'kubeblocksBackup.groupBackupSets': groupBackupSets,
  'kubeblocksBackup.filterBackupSets': filterBackupSets,
  'kubeblocksBackup.clearBackupSetFilter': clearBackupSetFilter,
  'kubeblocksBackup.copyPermissionRule': copyPermissionRule,
  'kubeblocksBackup.showMore': showMore,
  'kubeblocksBackup.showLog': showLog,
} as const satisfies Record<CommandId, Command>;
