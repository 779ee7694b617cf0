import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { askPlayground, setPlaygroundSpeed } from '../support/askPlayground';
import { Workbench, workbenchSettings } from '../support/workbench';

const DATA_PROTECTION = '/apis/dataprotection.kubeblocks.io/v1alpha1';
const BACKUPS = `${DATA_PROTECTION}/namespaces/playground/backups`;
const REPOSITORIES = `${DATA_PROTECTION}/backuprepos`;
const CRON_JOBS = '/apis/batch/v1/namespaces/playground/cronjobs';
const SECRETS = '/api/v1/namespaces/kb-system/secrets';

interface Listed {
  readonly items: readonly { readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> } }[];
}
const namesIn = async (path: string): Promise<readonly string[]> => ((await askPlayground('GET', path)) as Listed).items.map(({ metadata: { name } }) => name);

/** From the palette, and with what people type wrong: retention, several at once, repositories, policies, schedules. */
describe('every other command that protects, by keyboard', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open(workbenchSettings());
    await focusClusters();
  });
  after(async () => {
    await setPlaygroundSpeed(10);
    await workbench.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-protect-further');
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  async function focusClusters(): Promise<void> {
    await workbench.runCommand('KubeBlocks Backup: Focus on Clusters View');
    await workbench.line(/^cache,/).waitFor();
  }
  const said = (text: RegExp): Locator => workbench.page.locator('.quick-input-widget:visible .quick-input-message', { hasText: text });
  /** What cannot be taken stays where it is, with the reason. */
  async function refuses(question: RegExp, text: string, why: RegExp): Promise<void> {
    await workbench.enter(question, text);
    await said(why).waitFor();
    await workbench.question(question).waitFor();
  }
  /** Takes one of several lines and goes on. */
  async function tick(text: string, line: RegExp): Promise<void> {
    await workbench.quickInput().fill(text);
    await workbench.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row', { hasText: line }).first().waitFor();
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('Space');
    await workbench.page.locator('.quick-input-widget:visible .quick-input-count', { hasText: '1 Selected' }).waitFor();
    await workbench.page.keyboard.press('Enter');
  }
  async function accept(line: RegExp): Promise<void> {
    await workbench.quickChoice(line).waitFor();
    await workbench.page.keyboard.press('Enter');
  }

  it('keeps what was typed where a name is taken meanwhile, and makes nothing twice', async () => {
    await workbench.runCommand('KubeBlocks Backup: Back Up Now…');
    await workbench.enter(/^Back Up Now/, 'cache');
    await workbench.enter(/Method for cache/, 'datafile');
    await refuses(/Name of the backup set/, 'No_Name', /lower-case|letters|digits/i);
    await workbench.enter(/Name of the backup set/, 'cache-contested');
    await refuses(/How long to keep it/, '7days', /is no retention period/);
    await workbench.enter(/How long to keep it/, '2d');
    await workbench.question(/When the backup set is deleted/).waitFor();
    await askPlayground('POST', BACKUPS, { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'Backup', metadata: { name: 'cache-contested', namespace: 'playground', labels: { 'app.kubernetes.io/instance': 'cache' } }, spec: { backupPolicyName: 'cache-redis-backup-policy', backupMethod: 'datafile' } });
    await workbench.enter(/When the backup set is deleted/);
    await workbench.quickChoice(/cache-contested.*(exists|taken)/i).waitFor();
    await accept(/^Go Back and Change It/);
    await workbench.question(/When the backup set is deleted/).waitFor();
    await workbench.page.keyboard.press('Escape');
    assert.deepEqual((await namesIn(BACKUPS)).filter((name) => name.startsWith('cache-contested')), ['cache-contested']);
  });

  it('changes a retention', async () => {
    await workbench.runCommand('KubeBlocks Backup: Change Retention…');
    await workbench.enter(/^Change Retention/, 'orders-before-upgrade');
    await refuses(/How long to keep it/, 'a year', /is no retention period/);
    await workbench.enter(/How long to keep it/, '2y');
    await workbench.enter(/When the backup set is deleted/);
    await accept(/^Change Backup orders-before-upgrade/);
    await workbench.notification(/Backup orders-before-upgrade was changed/).waitFor();
  });

  it('backs up several, and deletes one of several', async () => {
    await workbench.runCommand('KubeBlocks Backup: Back Up Several…');
    await workbench.question(/^Back Up Several/).waitFor();
    await tick('cache', /^cache/);
    await workbench.enter(/How long to keep it/, '1d');
    await workbench.enter(/When the backup set is deleted/);
    await accept(/^Create Backup cache-/);
    await workbench.notification(/is complete|are complete/).waitFor({ timeout: 60_000 });
    await workbench.runCommand('KubeBlocks Backup: Delete Backup Sets…');
    await workbench.enter(/^Delete Backup Sets/, 'cache');
    await workbench.quickChoice(/^Choose One by One/).waitFor();
    await workbench.enter(/^Delete Backup Sets/, 'Older Than');
    await refuses(/^Older than/, 'long', /is no retention period/);
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('KubeBlocks Backup: Delete Backup Sets…');
    await workbench.enter(/^Delete Backup Sets/, 'cache');
    await workbench.quickChoice(/^Choose One by One/).waitFor();
    await workbench.enter(/^Delete Backup Sets/, 'Choose One by One');
    await tick('cache-contested', /^cache-contested/);
    await workbench.agree(/cache-contested/);
    for (let left = 100; (await namesIn(BACKUPS)).includes('cache-contested'); left--) {
      assert.ok(left > 0, 'it is gone');
      await workbench.page.waitForTimeout(300);
    }
  });

  it('lets no second repository be the default, and passes the default on', async () => {
    await workbench.runCommand('KubeBlocks Backup: Set as Default Repository');
    await workbench.enter(/^Set as Default Repository/, 'volume-store');
    await workbench.notification(/Repository main-store is the default already/).waitFor();
    await workbench.runCommand('KubeBlocks Backup: Unset Default Repository');
    await workbench.enter(/^Unset Default Repository/, 'main-store');
    await workbench.notification(/main-store is the default no more/).waitFor();
    await workbench.runCommand('KubeBlocks Backup: Set as Default Repository');
    await workbench.enter(/^Set as Default Repository/, 'main-store');
    await workbench.notification(/go to main-store from now on/).waitFor();
  });

  it('rotates credentials, behind dots', async () => {
    await workbench.runCommand('KubeBlocks Backup: Rotate Credentials…');
    await workbench.enter(/^Rotate Credentials/, 'main-store');
    await workbench.question(/^New accessKeyId/).waitFor();
    assert.equal(await workbench.quickInput().getAttribute('type'), 'password');
    await workbench.enter(/^New accessKeyId/, 'AKEXAMPLE');
    await workbench.enter(/^New secretAccessKey/, 'secret-of-the-store');
    await accept(/^Change Secret object-store-credentials/);
    await workbench.notification(/Repository main-store is ready/).waitFor({ timeout: 60_000 });
  });

  it('sends the backups of a policy elsewhere, and back', async () => {
    for (const [repository, where] of [['volume-store', /go to volume-store from now on/], ['The Default One', /go to the default repository from now on/]] as const) {
      await workbench.runCommand('KubeBlocks Backup: Change Repository of Policy…');
      await workbench.enter(/^Change Repository of Policy/, 'cache-redis');
      // The second question has the title of the first.
      await workbench.quickChoice(/^The Default One/).waitFor();
      await workbench.enter(/^Change Repository of Policy/, repository);
      await accept(/^Change BackupPolicy cache-redis/);
      await workbench.notification(where).waitFor();
    }
  });

  it('sees that a schedule is suspended, and mends it', async () => {
    // Time stands still: KubeBlocks would put it right at once.
    await setPlaygroundSpeed(0);
    const { items } = (await askPlayground('GET', CRON_JOBS)) as Listed;
    const job = items.find(({ metadata: { labels } }) => labels?.['dataprotection.kubeblocks.io/backup-schedule'] === 'orders-postgresql-backup-schedule');
    assert.ok(job, 'the schedule of orders has a CronJob');
    await askPlayground('PATCH', `${CRON_JOBS}/${job.metadata.name}`, { spec: { suspend: true } });
    await focusClusters();
    await workbench.unfoldByKey(/^orders,/);
    await workbench.unfoldByKey(/^Schedules/);
    await workbench.line(/^Schedule .*suspended: nothing runs/).waitFor();
    await workbench.screenshot('schedule-suspended');
    await setPlaygroundSpeed(10);
    await workbench.runCommand('KubeBlocks Backup: Mend Schedule…');
    await workbench.enter(/^Mend Schedule/, 'orders-postgresql');
    await workbench.enter(/^Mend orders-postgresql/, 'Let KubeBlocks Write It Again');
    await accept(/^Let KubeBlocks Write orders-postgresql-backup-schedule Again/);
    await workbench.notification(/orders-postgresql-backup-schedule is as it is written/).waitFor({ timeout: 60_000 });
  });

  it('reads what each engine can, and the manifest of an add-on', async () => {
    await workbench.runCommand('KubeBlocks Backup: Show Engine Matrix');
    await workbench.rendered(/PostgreSQL/).waitFor();
    await workbench.runCommand('View: Close Primary Side Bar');
    await workbench.screenshot('engine-matrix');
    await workbench.runCommand('KubeBlocks Backup: Show Add-on Manifest…');
    await workbench.enter(/^Show Add-on Manifest/, 'Prometheus');
    await workbench.tab(/prometheus-addon\.yaml/).waitFor();
  });

  it('makes nothing of what was asked when the window is reloaded', async () => {
    const before = [await namesIn(REPOSITORIES), await namesIn(SECRETS)];
    await workbench.runCommand('KubeBlocks Backup: Create Repository…');
    await workbench.enter(/Create Repository/, 's3-compatible');
    await workbench.enter(/^How backups reach/, 'Tool');
    await refuses(/^Name of the repository/, 'main-store', /exists|taken|already/i);
    await workbench.enter(/^Name of the repository/, 'half-made');
    await workbench.enter(/^Parameter bucket/, 'b');
    await workbench.question(/^Parameter (endpoint|access|region)/).waitFor();
    await workbench.page.reload();
    await workbench.page.locator('.monaco-workbench .activitybar').getByRole('tab', { name: 'KubeBlocks Backup' }).waitFor();
    assert.deepEqual([await namesIn(REPOSITORIES), await namesIn(SECRETS)], before);
  });
});

/** With the mouse, as far as nothing is to be typed. */
describe('protecting by mouse', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open(workbenchSettings());
    await workbench.openContainer('KubeBlocks Backup');
  });
  after(async () => {
    await setPlaygroundSpeed(10);
    await workbench.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-protect-mouse');
  });

  /** What the mouse rests on shows a hover, which lies over the next line. */
  async function choose(question: RegExp, choice: RegExp): Promise<void> {
    await workbench.page.mouse.move(640, 0);
    await workbench.choose(question, choice);
  }
  /** VS Code forgets whose menu it was when the line is drawn anew, as the seconds of a log are: so time stands still. */
  async function menu(line: Locator, title: string): Promise<void> {
    await setPlaygroundSpeed(0);
    await workbench.menuByMouse(line, title);
    await setPlaygroundSpeed(10);
  }

  it('turns a schedule on and off again on its line', async () => {
    await workbench.fold('Backup Sets');
    await workbench.fold('Repositories');
    await workbench.expand(workbench.line(/^catalog,/));
    await workbench.expand(workbench.line(/^Schedules/));
    await menu(workbench.line(/^Schedule dump,/), 'Schedule Backups…');
    await choose(/^Schedule Backups: catalog/, /^dump/);
    await choose(/^When dump runs/, /daily 01:30/);
    await workbench.enter(/^How long to keep each copy/, '3d');
    await choose(/^Further settings of dump/, /^Go On/);
    await choose(/^Schedule Backups: dump/, /^Change /);
    await workbench.notification(/dump of catalog is on and runs next/).waitFor();
    await workbench.line(/^Schedule dump, .*01:30/).waitFor();
    await menu(workbench.line(/^Schedule dump,/), 'Turn Schedule Off…');
    await choose(/^Turn Schedule Off: catalog/, /^dump/);
    await choose(/^Turn Schedule Off: dump/, /^Change /);
    await workbench.notification(/dump of catalog is off/).waitFor();
  });

  it('is told in the Repositories view that there is a default already', async () => {
    await workbench.unfold('Repositories');
    await menu(workbench.line(/^Repository volume-store|^volume-store,/), 'Set as Default Repository');
    await workbench.notification(/Repository main-store is the default already/).waitFor();
  });
});
