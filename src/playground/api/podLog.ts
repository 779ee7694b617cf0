import type { ServerResponse } from 'node:http';
import type { AnyObject } from '../../kubeblocks/objects';
import { badRequest, invalid } from '../store/statusErrors';
import type { LogLine } from '../workloads/podLogs';
import type { ApiContext } from './apiContext';
import { list, text } from './columns/read';
import { isTrue, type ResourceRequest } from './resourceRequest';
import { current } from './writing';

const FOLLOW_EVERY_MS = 250;

/** Sends what a container has written, and with `follow` goes on until the pod has ended or the client leaves. */
export function sendPodLog(context: ApiContext, request: ResourceRequest, response: ServerResponse, signal: AbortSignal): void {
  const pod = current(context, request);
  const container = chosenContainer(pod, request.query.get('container') ?? '');
  const read = (): readonly LogLine[] | undefined => context.logs.lines(pod.metadata.namespace ?? '', pod.metadata.name, container);
  const written = read();
  if (written === undefined) throw waiting(pod, container);
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-cache, private' });
  response.write(render(tail(pod, since(written, request.query, context.clock.now()), request.query), request.query));
  if (!isTrue(request.query.get('follow'))) {
    response.end();
    return;
  }
  let sent = written.length;
  function more(): void {
    const lines = read();
    if (lines !== undefined && lines.length > sent) response.write(render(lines.slice(sent), request.query));
    sent = lines?.length ?? sent;
    const latest = context.store.get(request.served.resource, pod.metadata);
    if (latest === undefined || ENDED.has(text(latest, 'status.phase'))) response.end();
    else timer = context.timers.setTimeout(more, FOLLOW_EVERY_MS);
  }
  let timer = context.timers.setTimeout(more, FOLLOW_EVERY_MS);
  const end = (): void => {
    response.end();
  };
  signal.addEventListener('abort', end);
  response.on('close', () => {
    context.timers.clearTimeout(timer);
    signal.removeEventListener('abort', end);
  });
}

const ENDED = new Set(['Succeeded', 'Failed']);

function chosenContainer(pod: AnyObject, asked: string): string {
  const names = (path: string): readonly string[] => list(pod, path).map((container) => text(container, 'name'));
  const containers = names('spec.containers');
  const all = [...names('spec.initContainers'), ...containers];
  const [only = ''] = containers;
  if (asked === '' && all.length === 1) return only;
  if (asked === '') throw badRequest(`a container name must be specified for pod ${pod.metadata.name}, choose one of: [${all.join(' ')}]`);
  if (!all.includes(asked)) throw badRequest(`container ${asked} is not valid for pod ${pod.metadata.name}`);
  return asked;
}

function waiting(pod: AnyObject, container: string): Error {
  const status = list(pod, 'status.containerStatuses').find((one) => text(one, 'name') === container);
  const reason = text(status, 'state.waiting.reason', text(pod, 'spec.nodeName') === '' ? '' : 'ContainerCreating');
  if (reason === '') return badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  return badRequest(`container "${container}" in pod "${pod.metadata.name}" is waiting to start: ${reason}`);
}

function since(lines: readonly LogLine[], query: URLSearchParams, now: number): readonly LogLine[] {
  const seconds = Number(query.get('sinceSeconds') ?? 0);
  const instant = query.get('sinceTime');
  const from = seconds > 0 ? now - seconds * 1000 : instant === null ? undefined : Date.parse(instant);
  return from === undefined ? lines : lines.filter(({ at }) => Date.parse(at) >= from);
}

function tail(pod: AnyObject, lines: readonly LogLine[], query: URLSearchParams): readonly LogLine[] {
  const asked = query.get('tailLines');
  if (asked === null) return lines;
  const count = Number(asked);
  if (count < 0) {
    const message = `Invalid value: ${count}: must be greater than or equal to 0`;
    throw invalid({ group: '', kind: 'PodLogOptions' }, pod.metadata.name, [{ path: 'tailLines', reason: 'FieldValueInvalid', message }]);
  }
  return count === 0 ? [] : lines.slice(-count);
}

function render(lines: readonly LogLine[], query: URLSearchParams): string {
  const stamped = isTrue(query.get('timestamps'));
  const whole = lines.map(({ at, text: line }) => `${stamped ? `${at} ` : ''}${line}\n`).join('');
  const limit = Number(query.get('limitBytes') ?? 0);
  return limit > 0 ? Buffer.from(whole).subarray(0, limit).toString() : whole;
}
