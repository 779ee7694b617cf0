import { Workbench, workbenchSettings } from '../support/workbench';

/** From the palette by keyboard alone: what a policy does, how it is changed, a repository, and a schedule's page. */
describe('protecting by keyboard', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open(workbenchSettings());
    await workbench.runCommand('KubeBlocks Backup: Focus on Clusters View');
    await workbench.line(/^catalog,/).waitFor();
  });
  after(() => workbench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-protect');
  });

  it('encrypts a policy’s backups, and shows its page', async () => {
    await workbench.runCommand('KubeBlocks Backup: Change Policy…');
    await workbench.enter(/^Change Policy/, 'catalog-mongodb');
    await workbench.enter(/^Change Policy catalog-mongodb/, 'Encryption');
    await workbench.enter(/How backups are encrypted/, 'AES-256');
    await workbench.enter(/Which pass phrase/, 'A New Pass Phrase');
    await workbench.enter(/New pass phrase/, 'correct horse battery');
    await workbench.enter(/once more/, 'correct horse battery');
    await workbench.quickChoice(/^Change BackupPolicy catalog-mongodb/).waitFor();
    await workbench.screenshot('policy-review');
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(/Policy catalog-mongodb-backup-policy is changed/).waitFor();
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.runCommand('KubeBlocks Backup: Describe');
    await workbench.enter(/Describe/, 'catalog-mongodb-backup-policy');
    await workbench.rendered(/AES-256-CFB, pass phrase in Secret/).waitFor();
    await workbench.screenshot('policy-page');
  });

  it('shows the page of a schedule, and why a line of the template cannot be deleted', async () => {
    await workbench.runCommand('KubeBlocks Backup: Describe');
    await workbench.enter(/Describe/, 'orders-postgresql-backup-schedule');
    await workbench.rendered(/Next runs/).waitFor();
    await workbench.screenshot('schedule-page');
    await workbench.runCommand('KubeBlocks Backup: Delete Schedule…');
    await workbench.enter(/^Delete Schedule/, 'catalog');
    await workbench.enter(/^Delete Schedule: catalog/, 'dump');
    await workbench.quickChoice(/again from template/).waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('turns a log backup on, with what it needs, and off', async () => {
    await workbench.runCommand('KubeBlocks Backup: Turn Log Backup On…');
    await workbench.enter(/^Turn Log Backup On/, 'cache');
    await workbench.enter(/^Turn Log Backup On: cache/, 'aof');
    await workbench.quickChoice(/^Change BackupSchedule cache/).waitFor();
    await workbench.screenshot('log-backup-review');
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(/aof of cache is on/).waitFor();
    await workbench.runCommand('KubeBlocks Backup: Turn Log Backup Off…');
    await workbench.enter(/^Turn Log Backup Off/, 'cache');
    await workbench.enter(/^Turn Log Backup Off: cache/, 'aof');
    await workbench.quickChoice(/^Change BackupSchedule cache/).waitFor();
    await workbench.quickChoice(/^Archiving stops/).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(/aof of cache is off/).waitFor();
  });

  it('makes a repository on a claim, and deletes it', async () => {
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.runCommand('KubeBlocks Backup: Create Repository…');
    await workbench.enter(/Create Repository/, 'pvc');
    for (const question of [/^Name of the repository/, /^Further settings/, /^Folder within/, /^Size of the volume/, /^When a claim/, /^Default repository/]) await workbench.enter(question);
    await workbench.quickChoice(/^Create BackupRepo/).waitFor();
    await workbench.screenshot('repository-review');
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(/Repository pvc is ready/).waitFor({ timeout: 60_000 });
    await workbench.runCommand('KubeBlocks Backup: Focus on Repositories View');
    await workbench.line(/^Repository pvc,/).waitFor();
    await workbench.runCommand('KubeBlocks Backup: Delete Repository…');
    await workbench.enter(/^Delete Repository/, 'pvc');
    await workbench.agree(/Delete repository pvc\?/);
    await workbench.line(/^Repository pvc,/).waitFor({ state: 'detached' });
  });
});
