import type { Locator } from 'playwright-core';
import { askPlayground } from '../support/askPlayground';
import { Workbench, workbenchSettings } from '../support/workbench';

const REQUESTS = '/apis/operations.kubeblocks.io/v1alpha1/namespaces/playground/opsrequests';
const REQUEST = 'cache-by-request';

/** Objects without a line of their own: found by name from the palette, read as a page and as YAML. */
describe('a person who looks for an object by its name', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open(workbenchSettings());
    await workbench.openContainer('KubeBlocks Backup');
    const spec = { clusterName: 'cache', type: 'Backup', backup: { backupName: 'cache-asked-for', backupPolicyName: 'cache-redis-backup-policy', backupMethod: 'datafile' } };
    await askPlayground('POST', REQUESTS, { apiVersion: 'operations.kubeblocks.io/v1alpha1', kind: 'OpsRequest', metadata: { name: REQUEST, namespace: 'playground' }, spec });
  });
  after(() => workbench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-pages');
  });

  const objects: readonly (readonly [kind: string, name: string, title: RegExp])[] = [
    ['ActionSet', 'redis-physical-br', /Action set/],
    ['ActionSet', 'postgresql-pgdump', /Action set/],
    ['OpsRequest', REQUEST, /OpsRequest cache-by-request/],
    ['BackupPolicy', 'cache-redis-backup-policy', /Backup policy/],
    ['BackupSchedule', 'orders-postgresql-backup-schedule', /Backup schedule/],
    ['StorageProvider', 's3-compatible', /StorageProvider/],
  ];
  for (const [kind, name, title] of objects) {
    it(`reads the page of ${kind} ${name}`, async () => {
      await find('Describe', name);
      await workbench.tab(new RegExp(`${name}\\.md`)).waitFor();
      await workbench.rendered(title).waitFor();
      await workbench.screenshot(`page-${name}`);
    });

    it(`reads the YAML of ${kind} ${name}`, async () => {
      await find('Show YAML', name);
      await workbench.tab(new RegExp(`${name}\\.yaml`)).waitFor();
      await line(new RegExp(`kind:.${kind}`)).waitFor();
      await workbench.screenshot(`yaml-${name}`);
    });
  }

  async function find(command: string, name: string): Promise<void> {
    await workbench.runCommand(`KubeBlocks Backup: ${command}`);
    await workbench.enter(/Describe|Show the YAML/, name);
  }

  function line(text: RegExp): Locator {
    return workbench.page.locator('.editor-instance .view-line', { hasText: text }).first();
  }
});
