import * as l10n from '@vscode/l10n';
import { actionSetType, type BackupType } from '../../kubeblocks/backupState';
import type { ActionSet, BackupMethod } from '../../kubeblocks/objects';
import type { Field } from '../field';
import type { Fix } from '../fix';
import { addonType, SNAPSHOT_METHOD } from './addonMethods';
import { methodFacts } from './methodFacts';
import { methodHolders } from './methodFields';
import type { RuleContext } from './ruleContext';

/** One entry of `schedules`, with what is known of its method. */
export interface ScheduleEntry {
  readonly schedule: Field;
  /** Undefined where it is not known. */
  readonly type: BackupType | undefined;
  readonly isSnapshot: boolean;
  readonly compatibleMethod: string | undefined;
  /** False where the log alone is enough to restore. */
  readonly baseBackupRequired: boolean | undefined;
}

/** The entries that one object holds, list by list: what is in one list runs together. */
export function scheduleLists(context: RuleContext): readonly (readonly ScheduleEntry[])[] {
  const { spec, object } = context;
  if (object.kind === 'BackupSchedule') {
    const policy = spec.at('backupPolicyName').text;
    return [spec.at('schedules').items.map((schedule) => {
      const facts = methodFacts(policy, schedule.at('backupMethod').text, context);
      return entryOf(schedule, facts?.method, facts?.actionSet, facts?.type);
    })];
  }
  return methodHolders(context).map((holder) => holder.at('schedules').items.map((schedule) => entryInTemplate(schedule, holder, context)));
}

/** Fixes that each enable a schedule that is there. */
export function switchOn(schedules: readonly Field[], context: RuleContext): readonly Fix[] {
  return schedules.map((schedule) => context.setValue(l10n.t('Switch {0} on', schedule.at('backupMethod').text ?? ''), schedule.at('enabled'), true));
}

function entryInTemplate(schedule: Field, holder: Field, context: RuleContext): ScheduleEntry {
  const name = schedule.at('backupMethod').text;
  const method = holder.at('backupMethods').items.find((each) => each.at('name').text === name);
  const actionSetName = method?.at('actionSetName').text;
  const actionSet = actionSetName === undefined ? undefined : (context.find('ActionSet', actionSetName)?.object as ActionSet | undefined);
  const compatibleMethod = method?.at('compatibleMethod').text;
  const snapshotVolumes = method?.at('snapshotVolumes').boolean === true;
  const isBareSnapshot = snapshotVolumes && actionSetName === undefined;
  return entryOf(schedule, method && { name: name ?? '', snapshotVolumes, ...(compatibleMethod !== undefined && { compatibleMethod }) }, actionSet, actionSet !== undefined ? actionSetType(actionSet) : isBareSnapshot ? 'Full' : undefined);
}

function entryOf(schedule: Field, method: BackupMethod | undefined, actionSet: ActionSet | undefined, type: BackupType | undefined): ScheduleEntry {
  const name = schedule.at('backupMethod').text;
  return { schedule, type: type ?? addonType(name), isSnapshot: method === undefined ? name === SNAPSHOT_METHOD : method.snapshotVolumes === true, compatibleMethod: method?.compatibleMethod, baseBackupRequired: actionSet?.spec?.restore?.baseBackupRequired };
}
