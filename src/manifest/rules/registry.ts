import type { Rule } from './rule';
import { backupContinuousMethod } from './backupContinuousMethod';
import { backupUnknownMethod } from './backupUnknownMethod';
import { opsBackupMethodless } from './opsBackupMethodless';
import { opsBackupNameless } from './opsBackupNameless';
import { opsBackupPolicyUnclear } from './opsBackupPolicyUnclear';
import { opsTypeWithoutSpec } from './opsTypeWithoutSpec';
import { opsBackupClusterMissing } from './opsBackupClusterMissing';
import { repositoryParameters } from './repositoryParameters';
import { restoreAnnotationContent } from './restoreAnnotationContent';
import { restoreAnnotationIgnored } from './restoreAnnotationIgnored';
import { restoreBackupMissing } from './restoreBackupMissing';
import { restoreBackupUnfinished } from './restoreBackupUnfinished';
import { restoreTimeUnreadable } from './restoreTimeUnreadable';
import { restoreTimeUnreachable } from './restoreTimeUnreachable';
import { restoreTimeMisplaced } from './restoreTimeMisplaced';
import { restoreTargetTaken } from './restoreTargetTaken';
import { restoreAcrossNamespaces } from './restoreAcrossNamespaces';
import { restoreSourceKind } from './restoreSourceKind';
import { restoreComponentName } from './restoreComponentName';
import { restoreParameters } from './restoreParameters';
import { restoreTargetName } from './restoreTargetName';
import { restoreTooLate } from './restoreTooLate';
import { clusterBackupPitr } from './clusterBackupPitr';
import { clusterBackupMethod } from './clusterBackupMethod';
import { clusterBackupRepository } from './clusterBackupRepository';
import { clusterBackupRemoved } from './clusterBackupRemoved';
import { clusterWipeOut } from './clusterWipeOut';
import { restoreIncomplete } from './restoreIncomplete';
import { restoreUnsupported } from './restoreUnsupported';
import { restoreNameLength } from './restoreNameLength';
import { opsDeprecatedFields } from './opsDeprecatedFields';
import { clusterHalt } from './clusterHalt';
import { definitionVersion } from './definitionVersion';
import { scheduleCron } from './scheduleCron';
import { retentionGrammar } from './retentionGrammar';
import { methodWithoutAction } from './methodWithoutAction';
import { policyWithoutTarget } from './policyWithoutTarget';
import { targetNames } from './targetNames';
import { snapshotWithoutVolumes } from './snapshotWithoutVolumes';
import { volumePaths } from './volumePaths';
import { methodActionSet } from './methodActionSet';
import { compatibleMethod } from './compatibleMethod';
import { templateScheduleMethod } from './templateScheduleMethod';
import { actionExecOrJob } from './actionExecOrJob';
import { actionSetParameters } from './actionSetParameters';
import { actionSetDifferential } from './actionSetDifferential';
import { actionSetRequired } from './actionSetRequired';
import { scheduleNames } from './scheduleNames';
import { scheduleIncrementalAlone } from './scheduleIncrementalAlone';
import { scheduleLogAlone } from './scheduleLogAlone';
import { scheduleRetentionGap } from './scheduleRetentionGap';
import { scheduleLogInterval } from './scheduleLogInterval';
import { scheduleNotEnabled } from './scheduleNotEnabled';
import { scheduleDeadline } from './scheduleDeadline';
import { backupPolicyUnknown } from './backupPolicyUnknown';
import { backupPolicyUnavailable } from './backupPolicyUnavailable';
import { backupParent } from './backupParent';
import { backupParameters } from './backupParameters';
import { backupRetained } from './backupRetained';
import { longNames } from './longNames';
import { backupRepository } from './backupRepository';
import { backupWithoutParent } from './backupWithoutParent';
import { repositoryAddress } from './repositoryAddress';
import { repositoryEndpoint } from './repositoryEndpoint';
import { repositoryAccessMethod } from './repositoryAccessMethod';
import { repositoryCredential } from './repositoryCredential';
import { repositoryCapacity } from './repositoryCapacity';
import { repositoryDefaults } from './repositoryDefaults';
import { repositoryUnknownProvider } from './repositoryUnknownProvider';
import { policyRepository } from './policyRepository';
import { policyEncryption } from './policyEncryption';
import { encryptionIgnored } from './encryptionIgnored';
import { templateRole } from './templateRole';

/** Every rule, by code. */
export const RULES: readonly Rule[] = [
  backupUnknownMethod,
  backupContinuousMethod,
  scheduleCron,
  retentionGrammar,
  restoreAnnotationIgnored,
  restoreAnnotationContent,
  repositoryParameters,
  opsBackupMethodless,
  opsBackupNameless,
  opsBackupPolicyUnclear,
  opsTypeWithoutSpec,
  opsBackupClusterMissing,
  restoreBackupMissing,
  restoreBackupUnfinished,
  restoreTimeUnreadable,
  restoreTimeUnreachable,
  restoreTimeMisplaced,
  restoreTargetTaken,
  restoreAcrossNamespaces,
  restoreIncomplete,
  restoreUnsupported,
  restoreNameLength,
  opsDeprecatedFields,
  clusterHalt,
  definitionVersion,
  restoreSourceKind,
  restoreComponentName,
  restoreParameters,
  restoreTargetName,
  restoreTooLate,
  clusterBackupPitr,
  clusterBackupMethod,
  clusterBackupRepository,
  clusterBackupRemoved,
  clusterWipeOut,
  methodWithoutAction,
  policyWithoutTarget,
  targetNames,
  snapshotWithoutVolumes,
  volumePaths,
  methodActionSet,
  compatibleMethod,
  templateScheduleMethod,
  actionExecOrJob,
  actionSetParameters,
  actionSetDifferential,
  actionSetRequired,
  scheduleNames,
  scheduleIncrementalAlone,
  scheduleLogAlone,
  scheduleRetentionGap,
  scheduleLogInterval,
  scheduleNotEnabled,
  scheduleDeadline,
  backupPolicyUnknown,
  backupPolicyUnavailable,
  backupParent,
  backupParameters,
  backupRetained,
  longNames,
  backupRepository,
  backupWithoutParent,
  repositoryAddress,
  repositoryEndpoint,
  repositoryAccessMethod,
  repositoryCredential,
  repositoryCapacity,
  repositoryDefaults,
  repositoryUnknownProvider,
  policyRepository,
  policyEncryption,
  encryptionIgnored,
  templateRole,
];
