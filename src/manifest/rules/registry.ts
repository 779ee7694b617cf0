import type { Rule } from './rule';
import { backupContinuousMethod } from './backupContinuousMethod';
import { backupUnknownMethod } from './backupUnknownMethod';
import { repositoryParameters } from './repositoryParameters';
import { restoreAnnotationContent } from './restoreAnnotationContent';
import { restoreAnnotationIgnored } from './restoreAnnotationIgnored';
import { restoreBackupMissing } from './restoreBackupMissing';
import { restoreBackupUnfinished } from './restoreBackupUnfinished';
import { restoreTimeUnreadable } from './restoreTimeUnreadable';
import { restoreTimeUnreachable } from './restoreTimeUnreachable';
import { restoreTimeMisplaced } from './restoreTimeMisplaced';
import { restoreTargetTaken } from './restoreTargetTaken';
import { scheduleCron } from './scheduleCron';
import { retentionGrammar } from './retentionGrammar';

/** Every rule, by code. */
export const RULES: readonly Rule[] = [
  backupUnknownMethod,
  backupContinuousMethod,
  scheduleCron,
  retentionGrammar,
  restoreAnnotationIgnored,
  restoreAnnotationContent,
  repositoryParameters,
  restoreBackupMissing,
  restoreBackupUnfinished,
  restoreTimeUnreadable,
  restoreTimeUnreachable,
  restoreTimeMisplaced,
  restoreTargetTaken,
];
