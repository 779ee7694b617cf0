import assert from 'node:assert/strict';
import { RESOURCES } from '../../src/playground/resources';
import type { AnyObject } from '../../src/kubeblocks/objects';
import { manifest, startKubectlPlayground, type KubectlPlayground } from './kubectlPlayground';

const { backup, pod } = RESOURCES;

describe('kubectl against the playground', function () {
  this.timeout(60_000);
  let playground: KubectlPlayground;

  beforeEach(async () => {
    playground = await startKubectlPlayground();
  });
  afterEach(() => playground.close());

  /** Runs them one after another and compares everything printed with the golden file. */
  async function transcript(name: string, commands: readonly (string | readonly [string, AnyObject])[]): Promise<void> {
    for (const command of commands) {
      if (typeof command === 'string') await playground.kubectl(command);
      else await playground.kubectl(command[0], manifest(command[1]));
    }
    playground.assertTranscript(name);
  }

  it('finds what is served', () =>
    transcript('discovery', [
      'api-resources',
      'api-resources --api-group=dataprotection.kubeblocks.io --verbs=watch -o wide',
      'api-versions',
      'get --raw /readyz',
      'cluster-info',
      'auth can-i create backups.dataprotection.kubeblocks.io',
      'auth can-i --list',
      'auth whoami',
    ]));

  it('gets objects as tables, names, YAML and JSON, selected by labels and fields', () =>
    transcript('get', [
      'get backups',
      'get backups -A -o wide',
      'get backups -o name',
      'get backup full-1 -o yaml',
      'get backup full-2 -o json',
      'get backups -l tier=gold',
      "get backups -l 'tier in (gold, silver)' --show-labels",
      "get backups -l '!tier' -L app.kubernetes.io/instance",
      'get backups --field-selector metadata.name=log-1',
      'get backups --field-selector status.phase=Failed',
      'get backups --sort-by=.status.phase',
      'get backups -o custom-columns=NAME:.metadata.name,PHASE:.status.phase',
      'get pods -o wide',
      'get pods --field-selector status.phase=Running',
      'get jobs,cronjobs,statefulsets -o wide',
      'get namespaces',
      'get secrets,configmaps',
      'get storageclasses,pv,pvc',
      'get events',
      'get events -o wide',
      'get crd backups.dataprotection.kubeblocks.io',
      'get all',
      'get backup nope',
      'get nope',
      'get backups -n nowhere',
    ]));

  it('reads a list in pages', async () => {
    const output = await playground.kubectl('get configmaps --chunk-size=1 -v=6');
    assert.equal(output.match(/configmaps\?.*limit=1/g)?.length, 3);
    assert.equal(await playground.kubectl('get configmaps --chunk-size=2 -o name'), 'configmap/settings-a\nconfigmap/settings-b\nconfigmap/settings-c\n');
  });

  it('describes', () => transcript('describe', ['describe backup full-2', 'describe pod job-pod', 'describe configmap settings-a', 'describe pvc data-pg-0']));

  it('creates, strictly and not, and refuses what the schema does', () =>
    transcript('create', [
      ['create -f -', newBackup('b')],
      ['create -f -', newBackup('b')],
      ['create -f -', newBackup('c', { foo: 1 })],
      ['create --validate=warn -f -', newBackup('c', { foo: 1 })],
      ['create --validate=false -f -', newBackup('d', { foo: 1 })],
      ['create -f -', newBackup('e', { deletionPolicy: 'Sometimes' })],
      ['create -f -', newBackup('f', { backupMethod: 7 })],
      ['create -f -', newBackup('Not_A_Name')],
      ['create -f -', { ...newBackup('g'), metadata: { name: 'g', namespace: 'nowhere' } }],
      ['create --dry-run=server -f - -o yaml', newBackup('h')],
      'get backup h',
      'create secret generic s --from-literal=a=b',
      'create configmap c --from-literal=a=b --dry-run=server -o yaml',
      'create namespace later',
      'create job j --image=busybox -- date',
      'run p --image=busybox',
      'get pod p -o yaml',
    ]));

  it('applies from the client, and says why not from the server', () =>
    transcript('apply', [
      ['apply -f -', newBackup('a')],
      ['apply -f -', newBackup('a')],
      ['apply -f -', newBackup('a', { backupMethod: 'volume-snapshot' })],
      ['apply --dry-run=server -f -', newBackup('a', { backupMethod: 'pg-basebackup' })],
      ['apply --dry-run=server -f -', newBackup('new')],
      ['apply -f -', newBackup('a', { foo: 1 })],
      ['apply -f -', newPod('main:1')],
      ['apply -f -', newPod('main:2')],
      'get pod p -o jsonpath={.spec.containers[*].image}',
      ['apply --server-side -f -', newBackup('a')],
      ['replace -f -', newBackup('a')],
    ]));

  it('applies on the server', () =>
    transcript('serverApply', [
      ['apply --server-side -f -', newBackup('s')],
      ['apply --server-side -f -', newBackup('s')],
      'get backup s -o yaml --show-managed-fields',
      ['apply --server-side --field-manager=other -f -', newBackup('s', { deletionPolicy: 'Retain' })],
      'patch backup s --type=merge -p \'{"spec":{"deletionPolicy":"Delete"}}\'',
      ['apply --server-side -f -', newBackup('s', { deletionPolicy: 'Retain' })],
      ['apply --server-side --force-conflicts -f -', newBackup('s', { deletionPolicy: 'Retain' })],
      ['apply --server-side -f -', newBackup('s', { foo: 1 })],
      ['apply --server-side --dry-run=server -f -', newBackup('new')],
      ['diff --server-side -f -', newBackup('s', { deletionPolicy: 'Retain' })],
    ]));

  it('explains kinds and their fields', () =>
    transcript('explain', [
      'explain backup',
      'explain backup.spec',
      'explain backup.spec.parameters.name',
      'explain backup.nope',
      'explain pod.spec.containers.env',
      'explain job.spec --recursive=false',
    ]));

  it('patches, labels and annotates', () =>
    transcript('patch', [
      'patch backup full-1 --type=merge -p \'{"spec":{"deletionPolicy":"Retain"}}\'',
      'patch backup full-1 --type=json -p \'[{"op":"replace","path":"/spec/backupMethod","value":"volume-snapshot"}]\'',
      'patch backup full-1 --type=json -p \'[{"op":"test","path":"/spec/backupMethod","value":"other"}]\'',
      'patch backup full-1 -p \'{"spec":{}}\'',
      'patch backup full-1 --type=merge -p \'{"spec":{"deletionPolicy":"Sometimes"}}\'',
      'patch backup full-1 --subresource=status --type=merge -p \'{"status":{"phase":"Deleting"}}\'',
      'patch pod pg-0 -p \'{"spec":{"containers":[{"name":"main","image":"busybox:2"}]}}\'',
      'set image pod/pg-0 main=busybox:3',
      'get pod pg-0 -o jsonpath={.spec.containers}',
      'label backup full-1 a=b',
      'label backup full-1 a=c',
      'label backup full-1 tier-',
      'annotate backup full-1 note=kept',
      'get backup full-1 -o yaml',
    ]));

  it('deletes', () =>
    transcript('delete', [
      'delete backup full-1 --dry-run=server',
      'delete backup full-1',
      'delete backup full-1',
      'delete backup full-1 --ignore-not-found',
      'delete backups -l tier=silver',
      'delete configmaps --all',
      'get backups,configmaps',
      'delete namespace demo',
      'get backups',
    ]));

  it('waits for a deletion that a finalizer holds', async () => {
    const held = playground.store.get(backup, { namespace: 'demo', name: 'full-1' })!;
    playground.store.update(backup, { ...held, metadata: { ...held.metadata, finalizers: ['example.com/hold'] } });
    const marked = new Promise<AnyObject>((resolve) =>
      playground.store.subscribe(({ object }) => object.metadata.deletionTimestamp !== undefined && resolve(object)),
    );
    const run = playground.start('delete backup full-1 --wait');
    const object = await marked;
    await run.printed('deleted');
    playground.store.update(backup, { ...object, metadata: { ...object.metadata, finalizers: [] } });
    assert.equal(await run.ended, 'backup.dataprotection.kubeblocks.io "full-1" deleted\n');
  });

  it('watches and waits', async () => {
    const watch = playground.start('get backups -w --output-watch-events');
    await watch.printed('log-1');
    setPhase('log-1', 'Completed');
    await watch.printed('MODIFIED');
    playground.store.delete(backup, { namespace: 'demo', name: 'full-2' });
    await watch.printed('DELETED');
    watch.interrupt();
    const seen = await watch.ended;
    assert.deepEqual(seen.match(/^[A-Z]+ +\S+/gm)?.slice(1).map((line) => line.replace(/ +/, ' ')), [
      'ADDED full-1',
      'ADDED full-2',
      'ADDED log-1',
      'MODIFIED log-1',
      'DELETED full-2',
    ]);

    const wait = playground.start('wait --for=jsonpath={.status.phase}=Deleting backup/full-1 --timeout=30s');
    setPhase('full-1', 'Deleting');
    assert.equal(await wait.ended, 'backup.dataprotection.kubeblocks.io/full-1 condition met\n');
    const gone = playground.start('wait --for=delete backup/full-1 --timeout=30s');
    playground.store.delete(backup, { namespace: 'demo', name: 'full-1' });
    assert.doesNotMatch(await gone.ended, /error/i);
  });

  it('reads logs', () =>
    transcript('logs', [
      'logs pg-0',
      'logs pg-0 --tail=1 --timestamps',
      'logs job-pod -c main',
      'logs job-pod -c nope',
      'logs waiting',
      'logs nope',
      'logs job-pod -c main -f',
    ]));

  it('reads the logs of all containers, in whichever order they come', async () => {
    const output = await playground.kubectl('logs job-pod --all-containers --prefix');
    assert.deepEqual(output.trimEnd().split('\n').sort(), [
      '[pod/job-pod/main] cannot connect: no such host',
      '[pod/job-pod/main] connecting',
      '[pod/job-pod/manager] done',
    ]);
  });

  it('follows a log until its pod has ended', async () => {
    const run = playground.start('logs pg-0 -f');
    await run.printed('three');
    playground.logs.append('demo', 'pg-0', 'main', ['four'], '2026-03-01T13:40:00Z');
    await run.printed('four');
    const running = playground.store.get(pod, { namespace: 'demo', name: 'pg-0' })!;
    playground.store.updateStatus(pod, { ...running, status: { phase: 'Succeeded' } });
    assert.equal(await run.ended, 'one\ntwo\nthree\nfour\n');
  });

  it('shows the faults of the API as a cluster would', async () => {
    playground.faults.turnOn('api-403', { target: 'backups' });
    playground.faults.turnOn('api-500', { target: 'pods', detail: 'etcdserver: request timed out' });
    await transcript('faults', ['get backups', 'auth can-i list backups.dataprotection.kubeblocks.io', 'get pods', 'get configmaps']);
  });

  function setPhase(name: string, phase: string): void {
    const object = playground.store.get(backup, { namespace: 'demo', name })!;
    playground.store.updateStatus(backup, { ...object, status: { phase } });
  }
});

function newBackup(name: string, spec: Readonly<Record<string, unknown>> = {}): AnyObject {
  return {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'Backup',
    metadata: { name, namespace: 'demo' },
    spec: { backupPolicyName: 'pg-backup-policy', backupMethod: 'pg-basebackup', ...spec },
  };
}

function newPod(image: string): AnyObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'demo' },
    spec: { containers: [{ name: 'main', image }, { name: 'side', image: 'side:1' }] },
  };
}
