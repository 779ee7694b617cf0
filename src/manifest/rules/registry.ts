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
import { repositoryDefaultText } from './repositoryDefaultText';
import { policyMethodNames } from './policyMethodNames';
import { clusterMethodAlone } from './clusterMethodAlone';
import { repositoryUnknownProvider } from './repositoryUnknownProvider';
import { policyRepository } from './policyRepository';
import { policyEncryption } from './policyEncryption';
import { encryptionIgnored } from './encryptionIgnored';
import { templateRole } from './templateRole';
import { engineMethod } from './engineMethod';
import { engineAbility } from './engineAbility';
import { toolRepository } from './toolRepository';
import { walgArchive } from './walgArchive';
import { logMethodsClash } from './logMethodsClash';
import { foreignActionSet } from './foreignActionSet';
import { restoreParametersIgnored } from './restoreParametersIgnored';
import { backupScheduleUnavailable } from './backupScheduleUnavailable';
import { backupParametersMissing } from './backupParametersMissing';
import { backupDuringRestore } from './backupDuringRestore';
import { snapshotIncremental } from './snapshotIncremental';
import { compatibleMethodType } from './compatibleMethodType';
import { methodEnv } from './methodEnv';
import { snapshotClassMissing } from './snapshotClassMissing';
import { restoreActionParameters } from './restoreActionParameters';
import { restoreChain } from './restoreChain';
import { restoreRepository } from './restoreRepository';
import { restoreDrops } from './restoreDrops';
import { restoreSnapshotBroken } from './restoreSnapshotBroken';
import { restoreReadySelector } from './restoreReadySelector';
import { restoreWithoutSnapshot } from './restoreWithoutSnapshot';
import { repositoryDeleting } from './repositoryDeleting';
import { repositoryDriver } from './repositoryDriver';
import { repositoryRegion } from './repositoryRegion';
import { repositoryBucketCheck } from './repositoryBucketCheck';
import { repositoryServiceName } from './repositoryServiceName';
import { repositoryClaimWrites } from './repositoryClaimWrites';
import { continuousMethod } from './continuousMethod';
import { shardsTooFew } from './shardsTooFew';
import { restoreTargetUnnamed } from './restoreTargetUnnamed';
import { clusterIncrementalAlone } from './clusterIncrementalAlone';
import { opsBackupSeveralComponents } from './opsBackupSeveralComponents';
import { immutableFields } from './immutableFields';
import { numberTooLarge } from './numberTooLarge';

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
  repositoryDefaultText,
  policyMethodNames,
  clusterMethodAlone,
  repositoryUnknownProvider,
  policyRepository,
  policyEncryption,
  encryptionIgnored,
  templateRole,
  engineMethod,
  engineAbility,
  toolRepository,
  walgArchive,
  logMethodsClash,
  foreignActionSet,
  restoreParametersIgnored,
  backupScheduleUnavailable,
  backupParametersMissing,
  backupDuringRestore,
  snapshotIncremental,
  compatibleMethodType,
  methodEnv,
  snapshotClassMissing,
  restoreActionParameters,
  restoreChain,
  restoreRepository,
  restoreDrops,
  restoreSnapshotBroken,
  restoreReadySelector,
  restoreWithoutSnapshot,
  repositoryDeleting,
  repositoryDriver,
  repositoryRegion,
  repositoryBucketCheck,
  repositoryServiceName,
  repositoryClaimWrites,
  continuousMethod,
  shardsTooFew,
  restoreTargetUnnamed,
  clusterIncrementalAlone,
  opsBackupSeveralComponents,
  immutableFields,
  numberTooLarge,
];

/** Those that look at a value alone, wherever the rest of its object stands. */
export const PATCH_RULES: readonly Rule[] = [scheduleCron, retentionGrammar, numberTooLarge];
