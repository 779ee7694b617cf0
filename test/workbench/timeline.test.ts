import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { Workbench, workbenchSettings } from '../support/workbench';

/** The page of the recovery timeline, inside the two frames that VS Code puts around it. */
class TimelinePage {
  private readonly frame: FrameLocator;

  constructor(private readonly workbench: Workbench) {
    this.frame = workbench.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  get slider(): Locator {
    return this.frame.getByRole('slider', { name: 'Instant to restore to' });
  }

  get restore(): Locator {
    return this.frame.getByRole('button', { name: 'Restore to here…' });
  }

  get answer(): Locator {
    return this.frame.locator('#answer');
  }

  get timeBox(): Locator {
    return this.frame.getByLabel('Type a time');
  }

  get zoneBox(): Locator {
    return this.frame.getByLabel('Time zone');
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name });
  }

  async isShown(): Promise<void> {
    await this.slider.locator('.bar.recoverable').first().waitFor();
  }

  /** The chosen instant, in seconds since the epoch. */
  async at(): Promise<number> {
    return Number(await this.slider.getAttribute('aria-valuenow'));
  }

  /** Presses a key and waits until the cursor is elsewhere; says by how many seconds. */
  async step(key: string): Promise<number> {
    const before = await this.at();
    await this.workbench.page.keyboard.press(key);
    for (let left = 100; left > 0; left -= 1) {
      const now = await this.at();
      if (now !== before) return now - before;
      await this.workbench.page.waitForTimeout(20);
    }
    assert.fail(`${key} moved nothing`);
  }

  said(text: RegExp): Promise<void> {
    return this.frame.locator('.chosen').filter({ hasText: text }).waitFor();
  }
}

describe('the recovery timeline at the workbench', () => {
  let workbench: Workbench;
  let timeline: TimelinePage;
  before(async () => {
    workbench = await Workbench.open(workbenchSettings());
    timeline = new TimelinePage(workbench);
  });
  after(() => workbench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-timeline');
  });

  it('opens by mouse from the recovery window of a cluster', async () => {
    await workbench.openContainer('KubeBlocks Backup');
    await workbench.fold('Backup Sets');
    await workbench.fold('Repositories');
    await workbench.expand(workbench.line(/^orders,/));
    await workbench.clickAction(workbench.line(/^Recovery window,/), 'Show Recovery Timeline');
    await timeline.isShown();
    await timeline.said(/Can be restored/);
    await workbench.screenshot('timeline');
  });
});
