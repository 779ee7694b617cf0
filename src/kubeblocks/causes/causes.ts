import { BACKUP_CAUSES } from './backupCauses';
import type { CauseRule } from './causeRule';
import { POD_CAUSES } from './podCauses';
import { RESTORE_CAUSES } from './restoreCauses';
import { STORAGE_CAUSES, UNREACHABLE } from './storageCauses';

/** All known causes. Where a text fits several, the stronger witness decides, then the order here: the more particular first. */
export const CAUSES: readonly CauseRule[] = [...STORAGE_CAUSES, ...BACKUP_CAUSES, ...RESTORE_CAUSES, ...POD_CAUSES, UNREACHABLE];
