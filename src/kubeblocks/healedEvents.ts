import type { Evidence } from './evidence';

/** What keeps a pod from starting, and is over once its containers ran. */
const BEFORE_START = /^(FailedScheduling|FailedMount|FailedAttachVolume|FailedCreatePodSandBox|ErrImagePull|ImagePullBackOff|NotTriggerScaleUp)$/;

/** Whether the trouble that an event tells of is over: its pod was scheduled later, or its containers ran. */
export function isHealed({ reason, object, at }: Evidence['events'][number], { events, pods }: Evidence): boolean {
  if (reason === 'FailedScheduling' && events.some((later) => later.reason === 'Scheduled' && later.object === object && later.at >= at)) {
    return true;
  }
  const pod = pods.find(({ name }) => object === `Pod ${name}`);
  return BEFORE_START.test(reason) && pod !== undefined && hasRun(pod);
}

/** A pod can fail without ever having run (evicted, or out of time, before it started). */
function hasRun({ phase, reasons, logs }: Evidence['pods'][number]): boolean {
  return phase === 'Running' || phase === 'Succeeded' || logs.some(({ text }) => text.trim() !== '') || reasons.some((reason) => reason.includes(' (exit '));
}
