import assert from 'node:assert/strict';
import * as path from 'node:path';
import { objectKey, type Inventory } from '../../src/kubeblocks/inventory';
import type { Backup, BackupPolicy, BackupSchedule, Cluster, KubeObject, SchedulePolicy } from '../../src/kubeblocks/objects';
import { schedulePlace } from '../../src/kubeblocks/schedulePlace';
import { PLAYGROUND_NAMESPACE as NAMESPACE } from '../../src/playground/kubeconfig';
import { createPlayground, type Playground } from '../../src/playground/playground';
import { RESOURCES } from '../../src/playground/resources';
import { suspendedJobsIn } from '../../src/operations/suspendedJobs';
import type { ObjectRef } from '../../src/ui/objectRef';
import { buildClustersTree } from '../../src/ui/views/clustersTree';
import { PlaygroundApp } from '../support/playgroundApp';
import { readKubeconfigText } from '../support/kubeconfigText';
import type { ScriptedPrompts } from '../support/scriptedPrompts';

const ROOT = path.resolve(__dirname, '../..');
const MINUTE = 60_000;

const ref = (name: string): ObjectRef => ({ kind: 'cluster', namespace: NAMESPACE, name });

/** The commands against the playground's own controllers, whose clock is stepped. */
describe('A schedule that is changed in the editor', function () {
  this.timeout(60_000);
  let playground: Playground;
  let app: PlaygroundApp;

  before(async () => {
    playground = await createPlayground({ schemasFolder: path.join(ROOT, 'schemas'), dataFolder: path.join(ROOT, 'src/playground'), line: '1.0', speed: 0, now: Date.UTC(2026, 0, 1, 12) });
    app = new PlaygroundApp(playground, readKubeconfigText(playground.kubeconfig).current ?? '');
    app.active.start();
    await app.lines();
  });
  after(async () => {
    app.dispose();
    await playground.close();
  });

  const of = <T extends KubeObject>(kind: Parameters<Playground['store']['list']>[0]): readonly T[] => playground.store.list(kind, { namespace: NAMESPACE }) as unknown as readonly T[];
  const scheduleOf = (cluster: string): BackupSchedule => {
    const found = of<BackupSchedule>(RESOURCES.backupSchedule).find(({ metadata: { name } }) => name.startsWith(`${cluster}-`) && name.endsWith('-backup-schedule'));
    assert.ok(found, `${cluster} has no schedule`);
    return found;
  };
  const lineOf = (cluster: string, method: string): SchedulePolicy | undefined => scheduleOf(cluster).spec?.schedules?.find(({ backupMethod }) => backupMethod === method);
  const cronOf = (cluster: string, method: string): unknown => {
    const job = of<KubeObject & { readonly spec?: { readonly schedule?: string } }>(RESOURCES.cronJob).find(
      ({ metadata: { labels } }) => labels?.['dataprotection.kubeblocks.io/backup-schedule'] === scheduleOf(cluster).metadata.name && labels['dataprotection.kubeblocks.io/backup-method'] === method,
    );
    return job?.spec?.schedule;
  };
  const madeBy = (cluster: string, method: string): readonly Backup[] =>
    of<Backup>(RESOURCES.backup).filter(({ metadata, spec }) => metadata.labels?.['dataprotection.kubeblocks.io/backup-schedule'] === scheduleOf(cluster).metadata.name && spec?.backupMethod === method);
  /** Somebody changes the Cluster: its controller writes the schedule anew. */
  const reconcile = (cluster: string): void => {
    const live = playground.store.get(RESOURCES.cluster, { namespace: NAMESPACE, name: cluster });
    assert.ok(live);
    playground.store.update(RESOURCES.cluster, { ...live, metadata: { ...live.metadata, annotations: { ...live.metadata.annotations, touched: String(playground.clock.now()) } } });
    playground.clock.advance(MINUTE);
  };
  /** Until what is stored has reached the editor. */
  const seen = async (isSo: (inventory: Inventory) => boolean): Promise<Inventory> => {
    for (;;) {
      const { inventory, session } = app.active;
      if (inventory !== undefined && isSo(inventory)) return inventory;
      await new Promise<void>((resolve) => {
        const stop = session?.onDidChange(() => {
          stop?.();
          resolve();
        });
      });
    }
  };
  const run = (command: Parameters<PlaygroundApp['outcomeOf']>[0], cluster: string, answers: (prompts: ScriptedPrompts) => void = () => undefined): Promise<string> => app.outcomeOf(command, ref(cluster), answers);

  for (const { cluster, method, where, hour } of [
    { cluster: 'orders', method: 'pg-basebackup', where: 'cluster', hour: 13 },
    { cluster: 'cache', method: 'datafile', where: 'schedule', hour: 14 },
  ] as const) {
    it(`makes backups of ${cluster}, whose ${where === 'cluster' ? 'Cluster' : 'BackupSchedule'} decides, and stays when the Cluster is reconciled`, async () => {
      const before = new Set(madeBy(cluster, method).map(({ metadata }) => metadata.name));
      const outcome = await run('kubeblocksBackup.scheduleBackups', cluster, (prompts) =>
        prompts.when(/^Schedule Backups: /, method).when(/^When/, 'Type a Cron Expression…').when(/^When/, `20 ${hour} * * *`).when(/^How long/, '3d'),
      );
      assert.match(outcome, new RegExp(`^info: ${method} of ${cluster} is on and runs next 2026-01-01 ${hour}:20:00`));
      playground.clock.advance(MINUTE);
      assert.deepEqual([cronOf(cluster, method), lineOf(cluster, method)?.enabled, lineOf(cluster, method)?.retentionPeriod], [`20 ${hour} * * *`, true, '3d']);
      reconcile(cluster);
      assert.deepEqual([cronOf(cluster, method), lineOf(cluster, method)?.enabled, lineOf(cluster, method)?.retentionPeriod], [`20 ${hour} * * *`, true, '3d']);
      playground.clock.advanceTo(Date.UTC(2026, 0, 1, hour, 50));
      const [made, ...others] = madeBy(cluster, method).filter(({ metadata }) => !before.has(metadata.name));
      assert.deepEqual([made?.status?.phase, made?.spec?.retentionPeriod, others], ['Completed', '3d', []]);
    });
  }

  for (const { cluster, method } of [
    { cluster: 'orders', method: 'pg-basebackup' },
    { cluster: 'cache', method: 'datafile' },
  ]) {
    it(`gives the CronJob of ${cluster} a starting deadline that stays, and takes it away again`, async () => {
      const deadlines = (): readonly unknown[] => {
        const job = of<KubeObject & { readonly spec?: { readonly startingDeadlineSeconds?: number } }>(RESOURCES.cronJob).find(({ metadata: { labels, name } }) => labels?.['dataprotection.kubeblocks.io/backup-schedule'] === scheduleOf(cluster).metadata.name && name.endsWith(`-${method}`));
        return [scheduleOf(cluster).spec?.startingDeadlineMinutes, job?.spec?.startingDeadlineSeconds];
      };
      const isKnown = (minutes: number | undefined) => (inventory: Inventory): boolean => inventory.schedules.items.get(objectKey(NAMESPACE, scheduleOf(cluster).metadata.name))?.spec?.startingDeadlineMinutes === minutes;
      const set = (minutes: string): Promise<string> => run('kubeblocksBackup.scheduleBackups', cluster, (prompts) => prompts.when(/^Schedule Backups: /, method).when(/^Further settings/, 'Starting deadline').when(/^Starting deadline/, minutes));
      assert.match(await set('30'), new RegExp(`^info: ${method} of ${cluster} is on`));
      playground.clock.advance(MINUTE);
      reconcile(cluster);
      assert.deepEqual(deadlines(), [30, 1800]);
      await seen(isKnown(30));
      await set('');
      playground.clock.advance(MINUTE);
      assert.deepEqual(deadlines(), [undefined, undefined]);
      await seen(isKnown(undefined));
    });
  }

  it('gives each backup of the line the parameters that were typed', async () => {
    const outcome = await run('kubeblocksBackup.scheduleBackups', 'orders', (prompts) =>
      prompts.when(/^Schedule Backups: orders/, 'pgdump').when(/^When/, 'Type a Cron Expression…').when(/^When/, '45 15 * * *').when(/^Parameter database/, 'orders').when(/^Further settings/, 'jobs').when(/^Parameter jobs/, 'many').when(/^Parameter jobs/, '2'),
    );
    assert.match(outcome, /^info: pgdump of orders is on and runs next 2026-01-01 15:45:00/);
    playground.clock.advanceTo(Date.UTC(2026, 0, 1, 16));
    reconcile('orders');
    const [made] = madeBy('orders', 'pgdump').toSorted((a, b) => (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? ''));
    assert.deepEqual([made?.status?.phase, made?.spec?.parameters], ['Completed', [{ name: 'jobs', value: '2' }, { name: 'database', value: 'orders' }]]);
    assert.equal(app.prompts.refused[0], '"many" is no number.');
  });

  for (const { cluster, method } of [
    { cluster: 'orders', method: 'archive-wal' },
    { cluster: 'cache', method: 'aof' },
  ]) {
    it(`runs the log backup of ${cluster} while it is on, and stops it with it`, async () => {
      const log = (): string | undefined => of<Backup>(RESOURCES.backup).find(({ spec, metadata: { labels } }) => spec?.backupMethod === method && labels?.['app.kubernetes.io/instance'] === cluster)?.status?.phase;
      const isOn = ({ schedules }: Inventory): boolean =>
        schedules.items.get(objectKey(NAMESPACE, scheduleOf(cluster).metadata.name))?.spec?.schedules?.some(({ backupMethod, enabled }) => backupMethod === method && enabled === true) === true;
      if (lineOf(cluster, method)?.enabled === true) {
        assert.match(await run('kubeblocksBackup.turnLogBackupOff', cluster), new RegExp(`^info: ${method} of ${cluster} is off`));
        playground.clock.advance(10 * MINUTE);
        await seen((inventory) => !isOn(inventory));
      }
      assert.notEqual(log(), 'Running');
      assert.match(await run('kubeblocksBackup.turnLogBackupOn', cluster, (prompts) => prompts.when(/^Turn Log Backup On: /, method)), new RegExp(`^info: ${method} of ${cluster} is on: archiving starts now`));
      playground.clock.advance(10 * MINUTE);
      assert.equal(log(), 'Running');
      reconcile(cluster);
      await seen(isOn);
      assert.match(await run('kubeblocksBackup.turnLogBackupOff', cluster), new RegExp(`^info: ${method} of ${cluster} is off`));
      playground.clock.advance(10 * MINUTE);
      assert.equal(log(), 'Completed');
      reconcile(cluster);
      assert.deepEqual([lineOf(cluster, method)?.enabled, log()], [false, 'Completed']);
    });
  }

  it('is refused, as its controller would refuse it, where the Cluster keeps the method off', () => {
    const policy = of<BackupPolicy>(RESOURCES.backupPolicy).find(({ metadata }) => metadata.name === scheduleOf('orders').spec?.backupPolicyName);
    const cluster = of<Cluster>(RESOURCES.cluster).find(({ metadata }) => metadata.name === 'orders');
    const { inventory } = app.active;
    assert.ok(policy && inventory);
    for (const { method, keptOff } of [
      { method: 'volume-snapshot', keptOff: true },
      { method: 'wal-g', keptOff: true },
      { method: 'wal-g-incremental', keptOff: true },
      { method: 'pg-basebackup', keptOff: false },
    ]) {
      const place = schedulePlace(inventory, { cluster, policy, schedule: scheduleOf('orders'), method, wanted: true });
      assert.equal(place.kind === 'keptOff', keptOff, method);
      const schedule = scheduleOf('orders');
      const schedules = schedule.spec?.schedules?.map((item) => (item.backupMethod === method ? { ...item, enabled: true } : item));
      playground.store.update(RESOURCES.backupSchedule, { ...schedule, spec: { ...schedule.spec, schedules } });
      playground.clock.advance(MINUTE);
      assert.equal(lineOf('orders', method)?.enabled, !keptOff, `${method} after its controller came by`);
    }
  });

  const lineRef = (cluster: string): ObjectRef => ({ kind: 'backupSchedule', namespace: NAMESPACE, name: scheduleOf(cluster).metadata.name });
  const cronJobsOf = (cluster: string): readonly string[] => of<KubeObject>(RESOURCES.cronJob).filter(({ metadata: { labels } }) => labels?.['dataprotection.kubeblocks.io/backup-schedule'] === scheduleOf(cluster).metadata.name).map(({ metadata: { name } }) => name);
  const setLines = (cluster: string, change: (lines: readonly SchedulePolicy[]) => readonly SchedulePolicy[]): void => {
    const schedule = scheduleOf(cluster);
    playground.store.update(RESOURCES.backupSchedule, { ...schedule, spec: { ...schedule.spec, schedules: change(schedule.spec?.schedules ?? []) } });
    playground.clock.advance(MINUTE);
  };
  const hasLine = (inventory: Inventory, cluster: string, name: string): boolean => inventory.schedules.items.get(objectKey(NAMESPACE, scheduleOf(cluster).metadata.name))?.spec?.schedules?.some((line) => line.name === name) === true;
  const mine: SchedulePolicy = { name: 'mine', backupMethod: 'datafile', cronExpression: '7 3 * * *', enabled: true, retentionPeriod: '1d' };

  it('is deleted with its CronJob, where its template has it not', async () => {
    setLines('cache', (lines) => [...lines, mine]);
    await seen((inventory) => hasLine(inventory, 'cache', 'mine'));
    assert.ok(cronJobsOf('cache').some((name) => name.endsWith('-mine')));
    const outcome = app.outcomeOf('kubeblocksBackup.deleteSchedule', lineRef('cache'), (prompts) => prompts.when(/^Delete Schedule/, 'datafile (mine)'));
    assert.match(await outcome, /^info: mine of schedule \S+ is off, and still there\.$/);
    playground.clock.advance(MINUTE);
    assert.ok(!cronJobsOf('cache').some((name) => name.endsWith('-mine')));
    const refused = await app.outcomeOf('kubeblocksBackup.deleteSchedule', lineRef('cache'), (prompts) => prompts.when(/^Delete Schedule/, 'datafile (datafile)'));
    assert.match(refused, /KubeBlocks adds datafile again from template/);
    setLines('cache', (lines) => lines.filter(({ name }) => name !== 'mine'));
  });

  it('says on its line that its CronJob is suspended, as long as it is', async () => {
    const { session } = app.active;
    assert.ok(session);
    const suspend = (isSuspended: boolean): void => {
      const job = of<KubeObject & { readonly spec?: object }>(RESOURCES.cronJob).find(({ metadata: { name } }) => name.endsWith('-datafile') && cronJobsOf('cache').includes(name));
      assert.ok(job);
      playground.store.update(RESOURCES.cronJob, { ...job, spec: { ...job.spec, suspend: isSuspended } });
    };
    const words = async (): Promise<string> => {
      const names = await suspendedJobsIn({ api: session.api, logger: app.log }, NAMESPACE);
      const cluster = buildClustersTree(session.inventory, { pages: () => 1, suspendedIn: () => names }, { now: playground.clock.now(), timeZone: 'UTC' }).find(({ label }) => label === 'cache');
      const schedules = cluster?.children?.().find(({ id }) => id.endsWith('/schedules'));
      return schedules?.children?.().find(({ label }) => label === 'datafile')?.description ?? '';
    };
    suspend(true);
    assert.match(await words(), /^suspended: nothing runs · /);
    suspend(false);
    assert.doesNotMatch(await words(), /suspended/);
  });

  it('whose line was deleted while it was on goes on, until it is mended', async () => {
    setLines('cache', (lines) => [...lines, mine]);
    setLines('cache', (lines) => lines.filter(({ name }) => name !== 'mine'));
    assert.ok(cronJobsOf('cache').some((name) => name.endsWith('-mine')), 'KubeBlocks leaves it');
    await seen((inventory) => !hasLine(inventory, 'cache', 'mine'));
    await app.outcomeOf('kubeblocksBackup.describe', lineRef('cache'));
    assert.match(app.pages.at(-1)?.replaceAll('\\', '') ?? '', /\| mine \| the line is gone, its CronJob goes on making backups \|/);
    await app.outcomeOf('kubeblocksBackup.mendSchedule', lineRef('cache'), (prompts) => prompts.when(/^Mend/, 'Take the CronJob of mine Away'));
    playground.clock.advance(MINUTE);
    assert.ok(!cronJobsOf('cache').some((name) => name.endsWith('-mine')));
  });
});
