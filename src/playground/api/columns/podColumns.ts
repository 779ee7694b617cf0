import type { AnyObject } from '../../../kubeblocks/objects';
import { column, NAME, WIDE, type Column } from './column';
import { ageOf } from './humanDuration';
import { has, list, number, text } from './read';

export function podColumns(age: Column): readonly Column[] {
  return [
    NAME,
    column('Ready', readyText),
    column('Status', podStatus),
    column('Restarts', restartsText),
    age,
    column('IP', (pod) => text(pod, 'status.podIP', '<none>'), WIDE),
    column('Node', (pod) => text(pod, 'spec.nodeName', '<none>'), WIDE),
    column('Nominated Node', (pod) => text(pod, 'status.nominatedNodeName', '<none>'), WIDE),
    column('Readiness Gates', () => '<none>', WIDE),
  ];
}

function readyText(pod: AnyObject): string {
  const ready = list(pod, 'status.containerStatuses').filter((status) => text(status, 'ready') === 'true' && has(status, 'state.running'));
  return `${ready.length}/${list(pod, 'spec.containers').length}`;
}

function restartsText(pod: AnyObject, now: number): string {
  const statuses = list(pod, 'status.containerStatuses');
  const restarts = statuses.reduce<number>((sum, status) => sum + number(status, 'restartCount'), 0);
  const last = statuses.map((status) => text(status, 'lastState.terminated.finishedAt')).sort().at(-1) ?? '';
  return restarts > 0 && last !== '' ? `${restarts} (${ageOf(last, now)} ago)` : String(restarts);
}

/** The word `kubectl get pods` says: an init container's trouble, else the last container's, else the phase. */
function podStatus(pod: AnyObject): string {
  if (pod.metadata.deletionTimestamp !== undefined) return 'Terminating';
  const phase = text(pod, 'status.reason', text(pod, 'status.phase', 'Unknown'));
  if (phase === 'Succeeded' || phase === 'Failed') return containerReason(pod) ?? phase;
  return initReason(pod) ?? containerReason(pod) ?? phase;
}

function initReason(pod: AnyObject): string | undefined {
  const statuses = list(pod, 'status.initContainerStatuses');
  const index = statuses.findIndex((status) => !(has(status, 'state.terminated') && number(status, 'state.terminated.exitCode') === 0));
  if (index < 0) return undefined;
  const status = statuses[index];
  if (has(status, 'state.terminated')) return `Init:${terminatedReason(status)}`;
  const waiting = text(status, 'state.waiting.reason');
  if (waiting !== '' && waiting !== 'PodInitializing') return `Init:${waiting}`;
  return `Init:${index}/${list(pod, 'spec.initContainers').length}`;
}

function containerReason(pod: AnyObject): string | undefined {
  const reasons = list(pod, 'status.containerStatuses').map((status) => {
    if (has(status, 'state.waiting')) return text(status, 'state.waiting.reason');
    return has(status, 'state.terminated') ? terminatedReason(status) : '';
  });
  const reason = reasons.find((one) => one !== '');
  const isRunning = list(pod, 'status.containerStatuses').some((status) => has(status, 'state.running') && text(status, 'ready') === 'true');
  if (reason === 'Completed' && isRunning) return text(pod, 'status.phase') === 'Running' ? 'NotReady' : reason;
  return reason;
}

function terminatedReason(status: unknown): string {
  const reason = text(status, 'state.terminated.reason');
  if (reason !== '') return reason;
  const signal = number(status, 'state.terminated.signal');
  return signal === 0 ? `ExitCode:${number(status, 'state.terminated.exitCode')}` : `Signal:${signal}`;
}
