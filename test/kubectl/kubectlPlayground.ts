import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import type { AnyObject } from '../../src/kubeblocks/objects';
import { createAdmission } from '../../src/playground/admission/createAdmission';
import { crdObject } from '../../src/playground/admission/crdObject';
import { loadCrds } from '../../src/playground/admission/loadCrds';
import { loadKubernetes } from '../../src/playground/admission/loadKubernetes';
import { createApiServer } from '../../src/playground/api/apiServer';
import { createSchemas } from '../../src/playground/api/schemas';
import { createFieldOwnership } from '../../src/playground/ownership/fieldOwnership';
import { kubeconfigText } from '../../src/playground/kubeconfig';
import { RESOURCES } from '../../src/playground/resources';
import { createClock } from '../../src/playground/runtime/clock';
import { createFaults, type SwitchableFaults } from '../../src/playground/runtime/faults';
import { createRandom } from '../../src/playground/runtime/random';
import { createObjectStore } from '../../src/playground/store/objectStore';
import type { VersionedStore } from '../../src/playground/store/versionedStore';
import { createPodLogs, type PodLogs } from '../../src/playground/workloads/podLogs';
import { seed } from './seed';

const ROOT = join(__dirname, '..', '..');
const GOLDENS = join(ROOT, 'test', 'fixtures', 'kubectl');
const NOW = Date.parse('2026-03-01T12:00:00Z');

export interface KubectlRun {
  /** Resolves with what it printed and, where that is not 0, its exit code. */
  readonly ended: Promise<string>;
  /** Resolves once it has printed a whole line that holds this: kubectl writes a row of a table cell by cell. */
  printed(text: string): Promise<void>;
  interrupt(): void;
}

/** A store behind the API, without controllers and with the clock standing still, and the real kubectl in front of it. */
export interface KubectlPlayground {
  readonly store: VersionedStore;
  readonly logs: PodLogs;
  readonly faults: SwitchableFaults;
  /** Runs kubectl; `input` goes to its standard input. Its output becomes part of the transcript. */
  kubectl(args: string, input?: string): Promise<string>;
  start(args: string): KubectlRun;
  /** Compares everything that was run with `test/fixtures/kubectl/<name>.txt`, or writes it with UPDATE_GOLDENS=1. */
  assertTranscript(name: string): void;
  close(): Promise<void>;
}

export async function startKubectlPlayground(): Promise<KubectlPlayground> {
  const crds = loadCrds('1.0', join(ROOT, 'schemas'));
  const clock = createClock({ start: NOW, speed: 0 });
  const schemas = createSchemas(crds, loadKubernetes(join(ROOT, 'schemas')));
  const ownership = createFieldOwnership((stored) => schemas.of(stored));
  const store = createObjectStore({ clock, random: createRandom(1), admission: createAdmission(crds), ownership });
  const logs = createPodLogs();
  const faults = createFaults();
  for (const crd of crds) store.create(RESOURCES.customResourceDefinition, crdObject(crd, clock.timestamp()));
  seed(store, logs, clock);
  const server = await createApiServer({ store, clock, crds, schemas, ownership, faults, logs, token: 'kubectl-test-token' });
  const folder = mkdtempSync(join(tmpdir(), 'playground-kubectl-'));
  const kubeconfig = join(folder, 'config');
  writeFileSync(kubeconfig, kubeconfigText({ ...server, token: 'kubectl-test-token' }).replace('namespace: playground', 'namespace: demo'));
  const transcript: string[] = [];

  function start(args: string, input = ''): KubectlRun {
    const child = spawn('kubectl', ['--cache-dir', join(folder, 'cache'), ...words(args)], {
      env: { ...process.env, KUBECONFIG: kubeconfig, TZ: 'UTC' },
    });
    let output = '';
    const waiting: { readonly text: string; readonly resolve: () => void }[] = [];
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
      for (const { text, resolve } of waiting) if (wholeLines().includes(text)) resolve();
    };
    const wholeLines = (): string => output.slice(0, output.lastIndexOf('\n') + 1);
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.stdin.end(input);
    const ended = new Promise<string>((resolve, reject) => {
      child.on('error', (error) => reject(new Error(`kubectl cannot be run: ${error.message}. Put it on the PATH.`)));
      child.on('close', (code) => {
        const text = normalised(`${output}${code === 0 || code === null ? '' : `exit code ${code}\n`}`, server.address);
        transcript.push(`$ kubectl ${args}\n${text}`);
        resolve(text);
      });
    });
    return {
      ended,
      printed: (text) => (wholeLines().includes(text) ? Promise.resolve() : new Promise((resolve) => waiting.push({ text, resolve }))),
      interrupt: () => child.kill('SIGINT'),
    };
  }

  return {
    store,
    logs,
    faults,
    kubectl: (args, input) => start(args, input).ended,
    start,
    assertTranscript(name) {
      const file = join(GOLDENS, `${name}.txt`);
      const actual = transcript.join('\n');
      transcript.length = 0;
      if (process.env.UPDATE_GOLDENS === '1') writeFileSync(file, actual);
      assert.equal(actual, existsSync(file) ? readFileSync(file, 'utf8') : '');
    },
    async close() {
      await server.close();
      clock.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Splits at blanks outside single quotes, as a shell would. */
function words(args: string): readonly string[] {
  return [...args.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
}

/** What differs from run to run, or from one kubectl to the next, without meaning anything here. */
function normalised(text: string, address: string): string {
  return text
    .replaceAll(address, 'https://127.0.0.1:PORT')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UID')
    .replace(/("?[rR]esource ?[vV]ersion"?: +)"?\d+"?/g, '$1REVISION')
    .replace(/ deleted from \S+ namespace/g, ' deleted')
    // describe tells the age of events by the machine's own clock.
    .replace(/\S+ \(x(\d+) over \S+\) +/g, 'AGE (x$1 over AGE) ')
    .replace(/[ \t]+$/gm, '');
}

/** The manifest as kubectl reads it from `-f -` (JSON is YAML). */
export function manifest(object: AnyObject | Readonly<Record<string, unknown>>): string {
  return JSON.stringify(object);
}
