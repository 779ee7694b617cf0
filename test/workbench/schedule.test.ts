import assert from 'node:assert/strict';
import { Workbench, workbenchSettings } from '../support/workbench';

/** No mouse: from a cluster's line to a schedule that runs. */
describe('scheduling by keyboard', () => {
  let workbench: Workbench;
  before(async () => (workbench = await Workbench.open(workbenchSettings())));
  after(() => workbench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-schedule');
  });

  it('schedules a method from the line of its cluster', async () => {
    await workbench.runCommand('KubeBlocks Backup: Focus on Clusters View');
    await workbench.line(/^cache,/).waitFor();
    await workbench.runCommand('KubeBlocks Backup: Focus on Clusters View');
    await workbench.focusLine(/^cache,/);
    await workbench.contextMenu('Schedule Backups…');
    await workbench.enter(/Schedule Backups: cache/, 'datafile');
    await workbench.question(/When datafile runs/).waitFor();
    await workbench.screenshot('schedule-times');
    await workbench.enter(/When datafile runs/, 'Type a Cron');
    await workbench.page.locator('.quick-input-widget:visible .quick-input-message', { hasText: 'Next:' }).waitFor();
    await workbench.enter(/When datafile runs/, '0 99 * * *');
    await workbench.page.locator('.quick-input-widget:visible .quick-input-message', { hasText: 'is no cron expression that runs' }).waitFor();
    await workbench.enter(/When datafile runs/, '20 13 * * *');
    await workbench.enter(/How long to keep each copy/, '7days');
    await workbench.page.locator('.quick-input-widget:visible .quick-input-message', { hasText: 'is no retention period' }).waitFor();
    await workbench.enter(/How long to keep each copy/, '3d');
    await workbench.enter(/^Further settings of datafile/, 'Starting deadline');
    await workbench.enter(/^Starting deadline/, '90');
    await workbench.enter(/^Further settings of datafile/, 'Go On');
    await workbench.quickChoice(/^Change BackupSchedule cache-redis-backup-schedule/).waitFor();
    await workbench.screenshot('schedule-review');
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(/datafile of cache is on and runs next/).waitFor();
  });

  it('shows on the schedule’s line when it runs, and runs it now', async () => {
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.runCommand('KubeBlocks Backup: Focus on Clusters View');
    await workbench.focusLine(/^cache,/);
    await workbench.page.keyboard.press('ArrowRight');
    await workbench.line(/^Schedules,? ?.*\d on/).waitFor();
    await workbench.focusLine(/^Schedules/);
    await workbench.page.keyboard.press('ArrowRight');
    await workbench.line(/^Schedule datafile, .*daily 13:20/).waitFor();
    await workbench.focusLine(/^Schedule datafile, /);
    assert.match(await workbench.focusedLine(), /keep 3d/);
    await workbench.contextMenu('Run Now…');
    await workbench.quickChoice(/^Create Backup cache-/).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(/Backup cache-.* is complete/).waitFor({ timeout: 60_000 });
    await workbench.screenshot('schedule-line');
  });
});
