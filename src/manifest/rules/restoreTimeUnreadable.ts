import * as l10n from '@vscode/l10n';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import { isUtcTime, parseRestoreTime, UTC_FORM } from '../../kubeblocks/restoreTimeGrammar';
import { rfc3339 } from '../../kubeblocks/timeText';
import type { Field } from '../field';
import type { Fix } from '../fix';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';
import { opsRestore, opsRestoreTime } from './restoreUses';

/**
 * @see pkg/dataprotection/restore/utils.go FormatRestoreTimeAndValidate
 * @see pkg/dataprotection/restore/manager.go BuildContinuousRestoreManager: a Restore's time that Go cannot parse is the year 1
 * @see seen: an unreadable time leaves an OpsRequest Creating for ever on 1.0, and fails it on 1.2; a spec.restore.pitr with an offset leaves the Cluster Creating for ever
 * @see apecloud/kubeblocks-addons#967
 */
export const restoreTimeUnreadable: Rule = {
  code: 'KB-T003',
  severity: 'error',
  title: 'Restore time that KubeBlocks cannot read',
  lines: ['0.8', '0.9', '1.0', '1.1', '1.2'],
  kinds: ['Cluster', 'OpsRequest', 'Restore'],
  check(context) {
    const restore = context.object.kind === 'OpsRequest' ? opsRestore(context) : undefined;
    if (restore !== undefined) checkRequest(opsRestoreTime(restore, context), context);
    // The schema speaks of any other form.
    const time = context.spec.at('restoreTime');
    if (context.object.kind === 'Restore' && UTC_FORM.test(time.text ?? '')) checkUtc(time, l10n.t('the restore is refused.'), context);
    if (context.object.kind === 'Cluster' && context.line === '1.2') checkUtc(context.spec.at('restore', 'pitr'), l10n.t('the cluster stays Creating for ever.'), context);
  },
};

/** 0.8 hands the text on unchanged, so there only the form of `Restore.spec.restoreTime` gets through. */
function checkRequest(field: Field, context: RuleContext): void {
  const { text } = field;
  if (text === undefined || text === '') return;
  const instant = parseRestoreTime(text);
  if (instant === undefined) {
    context.report(field, l10n.t('"{0}" is no time that KubeBlocks reads: {1} Write it like 2026-11-23T09:58:00Z, with a zone.', text, consequence(context.line)), { fixes: meant(text, field, context) });
  } else if (context.line === '0.8') {
    checkUtc(field, l10n.t('the restore is refused.'), context);
  }
}

/** Lines that try an unreadable time again and again. */
const RETRYING: readonly KubeBlocksLine[] = ['0.8', '0.9', '1.0'];

function consequence(line: KubeBlocksLine): string {
  return RETRYING.includes(line) ? l10n.t('the request stays Creating for ever.') : l10n.t('the request fails.');
}

function checkUtc(field: Field, effect: string, context: RuleContext): void {
  const { text } = field;
  if (text === undefined || text === '' || isUtcTime(text)) return;
  const instant = parseRestoreTime(text);
  const fixes = instant === undefined ? meant(text, field, context) : context.changesTo(field, [rfc3339(instant)]);
  context.report(field, l10n.t('"{0}" is no time in UTC like 2026-11-23T09:58:00Z: {1}', text, effect), { fixes });
}

/** `2026-11-23 09:58` with a zone behind it: only the form is wrong. */
function meant(text: string, field: Field, context: RuleContext): readonly Fix[] {
  const [, date, time, second = ':00', zone] = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})? ?(Z|UTC|[+-]\d{2}:\d{2})$/.exec(text) ?? [];
  const instant = date === undefined || zone === undefined ? undefined : parseRestoreTime(`${date}T${time ?? ''}${second}${zone === 'UTC' ? 'Z' : zone}`);
  return instant === undefined ? [] : context.changesTo(field, [rfc3339(instant)]);
}
