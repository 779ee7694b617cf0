import { join } from 'node:path';
import { createAdmission } from '../../../../src/playground/admission/createAdmission';
import { loadKubernetes } from '../../../../src/playground/admission/loadKubernetes';
import { createApiServer, type ApiServer } from '../../../../src/playground/api/apiServer';
import { createSchemas } from '../../../../src/playground/api/schemas';
import type { AnyObject } from '../../../../src/kubeblocks/objects';
import type { CrdDefinition } from '../../../../src/kubeblocks/schema/crd';
import { createFieldOwnership } from '../../../../src/playground/ownership/fieldOwnership';
import { RESOURCES } from '../../../../src/playground/resources';
import { createClock, type RunningClock } from '../../../../src/playground/runtime/clock';
import { createFaults, type SwitchableFaults } from '../../../../src/playground/runtime/faults';
import { createRandom } from '../../../../src/playground/runtime/random';
import { createObjectStore } from '../../../../src/playground/store/objectStore';
import type { VersionedStore } from '../../../../src/playground/store/versionedStore';
import { createPodLogs } from '../../../../src/playground/workloads/podLogs';
import { object } from '../store/testStore';

export const BACKUPS = '/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/demo/backups';
export const CONFIG_MAPS = '/api/v1/namespaces/demo/configmaps';

/** A Backup of two fields, one of them required, one with its values named. */
const BACKUP_CRD: CrdDefinition = {
  group: 'dataprotection.kubeblocks.io',
  kind: 'Backup',
  listKind: 'BackupList',
  plural: 'backups',
  singular: 'backup',
  shortNames: [],
  categories: ['kubeblocks'],
  namespaced: true,
  annotations: {},
  labels: {},
  versions: [
    {
      name: 'v1alpha1',
      served: true,
      storage: true,
      hasStatus: true,
      printerColumns: [
        { name: 'STATUS', type: 'string', jsonPath: '.status.phase' },
        { name: 'AGE', type: 'date', jsonPath: '.metadata.creationTimestamp' },
      ],
      schema: {
        type: 'object',
        properties: {
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          metadata: { type: 'object' },
          spec: {
            type: 'object',
            required: ['backupMethod'],
            properties: { backupMethod: { type: 'string' }, deletionPolicy: { type: 'string', enum: ['Delete', 'Retain'] } },
          },
          status: { type: 'object', properties: { phase: { type: 'string' } } },
        },
      },
    },
  ],
};

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON. */
  readonly json: Record<string, unknown> & { readonly items?: readonly AnyObject[]; readonly metadata?: Record<string, unknown> };
}

export interface TestApi {
  readonly server: ApiServer;
  readonly store: VersionedStore;
  readonly faults: SwitchableFaults;
  readonly clock: RunningClock;
  readonly errors: unknown[];
  /** Runs the timers (watch timeouts, bookmarks, slowness) that are due within `ms`. */
  tick(ms: number): void;
  call(method: string, path: string, options?: { readonly body?: unknown; readonly type?: string; readonly accept?: string }): Promise<Answer>;
  /** Lines of a watch, parsed, as they come; ends with the stream. */
  watch(path: string, accept?: string): AsyncGenerator<{ readonly type: string; readonly object: AnyObject }, undefined>;
}

/** The API without TLS, the namespace `demo`, and time that stands still. */
export async function startTestApi(options: { readonly historyLimit?: number } = {}): Promise<TestApi> {
  const clock = createClock({ start: Date.parse('2026-01-01T00:00:00Z'), speed: 0 });
  const schemas = createSchemas([BACKUP_CRD], loadKubernetes(join(__dirname, '../../../../schemas')));
  const ownership = createFieldOwnership((stored) => schemas.of(stored));
  const store = createObjectStore({ clock, random: createRandom(1), admission: createAdmission([BACKUP_CRD]), ownership, ...options });
  store.create(RESOURCES.namespace, object(RESOURCES.namespace, 'demo'));
  const faults = createFaults();
  const errors: unknown[] = [];
  const timers = createManualTimers();
  const server = await createApiServer({
    store,
    clock,
    faults,
    crds: [BACKUP_CRD],
    schemas,
    ownership,
    logs: createPodLogs(),
    token: 'test-token',
    tls: false,
    timers,
    onError: (error) => errors.push(error),
  });
  const headers = { authorization: 'Bearer test-token' };

  return {
    server,
    store,
    faults,
    clock,
    errors,
    tick: timers.tick,
    async call(method, path, { body, type = 'application/json', accept = 'application/json' } = {}) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const response = await fetch(`${server.address}${path}`, {
        method,
        headers: { ...headers, accept, ...(body !== undefined && { 'content-type': type }) },
        ...(body !== undefined && { body: text }),
      });
      const answer = await response.text();
      return { status: response.status, headers: response.headers, text: answer, json: (answer.startsWith('{') ? JSON.parse(answer) : {}) as Answer['json'] };
    },
    async *watch(path, accept = 'application/json') {
      const response = await fetch(`${server.address}${path}`, { headers: { ...headers, accept } });
      let rest = '';
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        const lines = (rest + Buffer.from(chunk).toString()).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) yield JSON.parse(line) as { type: string; object: AnyObject };
      }
      return undefined;
    },
  };
}

interface ManualTimers {
  readonly setTimeout: (task: () => void, delayMs: number) => unknown;
  readonly clearTimeout: (handle: unknown) => void;
  readonly tick: (ms: number) => void;
}

function createManualTimers(): ManualTimers {
  let now = 0;
  const tasks = new Map<object, { readonly at: number; readonly task: () => void }>();
  return {
    setTimeout(task, delayMs) {
      const handle = {};
      tasks.set(handle, { at: now + delayMs, task });
      return handle;
    },
    clearTimeout: (handle) => tasks.delete(handle as object),
    tick(ms) {
      now += ms;
      for (const [handle, { at, task }] of [...tasks]) {
        if (at > now || !tasks.delete(handle)) continue;
        task();
      }
    },
  };
}

export function newBackup(name: string, spec: Readonly<Record<string, unknown>> = {}): AnyObject {
  return object(RESOURCES.backup, name, { spec: { backupMethod: 'full', ...spec } });
}
