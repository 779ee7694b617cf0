import { HIGHEST_SPEED, type RunningClock } from '../runtime/clock';
import type { SwitchableFaults } from '../runtime/faults';
import { badRequest } from '../store/statusErrors';
import type { VersionedStore } from '../store/versionedStore';
import { FAULT_NAMES, StatusError, type FaultName } from '../world';
import type { Reply } from './reply';
import { decodeBody, type RequestBody } from './requestBody';
import { isRecord } from './sentObject';

/** The clock as the admin endpoint turns it. */
export type AdminClock = Pick<RunningClock, 'now' | 'timestamp' | 'speed' | 'setSpeed' | 'advance' | 'advanceTo'>;

export interface AdminParts {
  readonly store: Pick<VersionedStore, 'compact' | 'revision'>;
  readonly faults: SwitchableFaults;
  readonly clock: AdminClock;
}

/** What one request may move the clock by: the schedules of a year are lived through before it is answered. */
const LONGEST_JUMP_SECONDS = 366 * 86_400;

/**
 * `/playground`: what the playground is told to do, beside Kubernetes' own API.
 * `GET faults`, `PUT faults/<name> {target?, detail?}`, `DELETE faults/<name>`,
 * `POST compact`, `GET clock`, `PATCH clock {speed}`, `POST clock/advance {seconds} | {to}`.
 */
export function administer({ faults, clock, store }: AdminParts, method: string, path: string, body: RequestBody): Reply {
  const [, , topic, name] = path.split('/');
  const sent = body.text === '' ? {} : decode(body);
  const given = isRecord(sent) ? sent : {};
  switch (`${method} ${topic ?? ''}${name === undefined ? '' : '/*'}`) {
    case 'GET faults':
      return ok({ known: FAULT_NAMES, items: faults.list() });
    case 'PUT faults/*':
      faults.turnOn(faultName(name), { ...textOf(given, 'target'), ...textOf(given, 'detail') });
      return ok({ items: faults.list() });
    case 'DELETE faults/*':
      faults.turnOff(faultName(name));
      return ok({ items: faults.list() });
    case 'POST compact':
      store.compact();
      return ok({ revision: store.revision() });
    case 'GET clock':
      return ok(clockState(clock));
    case 'PATCH clock':
      clock.setSpeed(numberOf(given, 'speed', HIGHEST_SPEED));
      return ok(clockState(clock));
    case 'POST clock/*':
      if (name !== 'advance') break;
      advance(clock, given);
      return ok(clockState(clock));
  }
  throw new StatusError(404, 'NotFound', `The playground has no ${method} ${path}.`);
}

function decode(body: RequestBody): unknown {
  try {
    return decodeBody(body).value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw badRequest(`The body cannot be read: ${error.message}.`);
  }
}

function ok(body: object): Reply {
  return { status: 200, body };
}

function clockState(clock: AdminClock): object {
  return { now: clock.timestamp(), speed: clock.speed };
}

function advance(clock: AdminClock, given: Readonly<Record<string, unknown>>): void {
  if (typeof given.to !== 'string') {
    clock.advance(numberOf(given, 'seconds', LONGEST_JUMP_SECONDS) * 1000);
    return;
  }
  const instant = Date.parse(given.to);
  if (Number.isNaN(instant)) throw badRequest(`to: ${JSON.stringify(given.to)} is no time. Write it as 2026-01-31T08:00:00Z.`);
  if (instant - clock.now() > LONGEST_JUMP_SECONDS * 1000) throw badRequest(`to: ${JSON.stringify(given.to)} is more than a year away. Go there in steps.`);
  clock.advanceTo(instant);
}

function faultName(name: string | undefined): FaultName {
  const found = FAULT_NAMES.find((fault) => fault === name);
  if (found === undefined) throw badRequest(`There is no fault ${JSON.stringify(name ?? '')}. Known: ${FAULT_NAMES.join(', ')}.`);
  return found;
}

function textOf<K extends string>(given: Readonly<Record<string, unknown>>, field: K): { readonly [P in K]?: string } {
  const value = given[field];
  return (typeof value === 'string' && value !== '' ? { [field]: value } : {}) as { readonly [P in K]?: string };
}

function numberOf(given: Readonly<Record<string, unknown>>, field: string, most: number): number {
  const value = given[field];
  if (typeof value === 'number' && value >= 0 && value <= most) return value;
  throw badRequest(`${field}: a number from 0 to ${most} is needed.`);
}
