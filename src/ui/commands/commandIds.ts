/** Every command of the extension; `package.json` has the same ids with titles, icons and menus. */
export const COMMAND_IDS = [
  'kubeblocksBackup.backUpNow',
  'kubeblocksBackup.restore',
  'kubeblocksBackup.scheduleBackups',
  'kubeblocksBackup.turnScheduleOff',
  'kubeblocksBackup.turnLogBackupOn',
  'kubeblocksBackup.turnLogBackupOff',
  'kubeblocksBackup.deleteBackupSet',
  'kubeblocksBackup.diagnose',
  'kubeblocksBackup.describe',
  'kubeblocksBackup.showYaml',
  'kubeblocksBackup.copyName',
  'kubeblocksBackup.revealInTree',
  'kubeblocksBackup.refresh',
  'kubeblocksBackup.chooseContext',
  'kubeblocksBackup.chooseKubeconfig',
  'kubeblocksBackup.openPlayground',
  'kubeblocksBackup.closePlayground',
  'kubeblocksBackup.groupBackupSets',
  'kubeblocksBackup.filterBackupSets',
  'kubeblocksBackup.clearBackupSetFilter',
  'kubeblocksBackup.copyPermissionRule',
  'kubeblocksBackup.showMore',
  'kubeblocksBackup.showLog',
] as const;

export type CommandId = (typeof COMMAND_IDS)[number];
