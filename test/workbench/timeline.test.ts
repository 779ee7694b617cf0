import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { Workbench, workbenchSettings } from '../support/workbench';

interface Layout {
  /** What is pressed, typed into or stepped, in the order of Tab. */
  readonly controls: readonly { readonly name: string; readonly left: number; readonly top: number; readonly right: number }[];
  /** Of what is in sight, and of all there is. */
  readonly width: number;
  readonly wholeWidth: number;
}

/** In the page. */
const LAYOUT = `(() => {
  const visible = [...document.body.querySelectorAll('button, input, select, [tabindex]')].filter((each) => each.offsetParent !== null);
  const controls = visible.map((each) => {
    const { left, top, right } = each.getBoundingClientRect();
    return { name: each.getAttribute('aria-label') ?? each.textContent, left, top, right };
  });
  const { clientWidth, scrollWidth } = document.documentElement;
  return { controls, width: clientWidth, wholeWidth: scrollWidth };
})()`;

/** The page of the recovery timeline, inside the two frames that VS Code puts around it. */
class TimelinePage {
  private readonly frame: FrameLocator;

  constructor(private readonly workbench: Workbench) {
    this.frame = workbench.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  get slider(): Locator {
    return this.frame.getByRole('slider', { name: 'Instant to restore to' });
  }

  get body(): Locator {
    return this.frame.locator('body');
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

  /** Presses Tab until the element has the focus. */
  async tabTo(element: Locator): Promise<void> {
    for (let left = 30; left > 0; left -= 1) {
      if (await element.and(this.frame.locator(':focus')).isVisible()) return;
      await this.workbench.page.keyboard.press('Tab');
    }
    assert.fail('Tab does not lead there');
  }

  layout(): Promise<Layout> {
    return this.body.evaluate<Layout, unknown>(LAYOUT);
  }

  laneNames(): Promise<readonly string[]> {
    return this.slider.locator('.lane-name').allTextContents();
  }

  laneCount(): Promise<number> {
    return this.slider.locator('.lane').count();
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

  it('steps by keys: a second, a minute, a recovery point, the first and the last', async () => {
    await timeline.slider.focus();
    assert.equal(await timeline.step('ArrowLeft'), -1);
    assert.equal(await timeline.step('Shift+ArrowLeft'), -60);
    assert.equal(await timeline.step('ArrowRight'), 1);
    assert.ok((await timeline.step('PageUp')) < 0);
    await timeline.said(/which ended in this second; nothing of log .* to replay/);
    assert.ok((await timeline.step('Home')) < 0);
    assert.equal(await timeline.step('ArrowLeft'), -1);
    await timeline.said(/Cannot be restored.*no full backup ended before it/s);
    assert.ok(await timeline.restore.isDisabled());
    assert.ok((await timeline.step('End')) > 0);
    assert.match((await timeline.slider.getAttribute('aria-valuetext')) ?? '', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d.*Can be restored\. Base /);
  });

  it('zooms and moves by keys, and shows all again', async () => {
    const ticks = (): Promise<string> => timeline.slider.locator('.tick text').allTextContents().then((texts) => texts.join(' '));
    const bases = (): Promise<number> => timeline.slider.locator('.base').count();
    const [all, allBases] = [await ticks(), await bases()];
    for (let press = 0; press < 12; press += 1) await workbench.page.keyboard.press('+');
    await timeline.slider.locator('.tick text', { hasText: /:[0-5]\d:?/ }).first().waitFor();
    const near = await ticks();
    assert.notEqual(near, all);
    const nearBases = await bases();
    assert.ok(nearBases < allBases, 'what is far away is out of sight');
    await workbench.page.keyboard.press('Alt+ArrowLeft');
    await workbench.page.keyboard.press('0');
    await timeline.slider.locator('.base').nth(nearBases).waitFor();
  });

  it('takes a typed time in any zone, and asks about one that does not exist or came twice', async () => {
    await timeline.timeBox.fill('2026-03-29 02:30 Europe/Berlin');
    await timeline.timeBox.press('Enter');
    await timeline.answer.getByText(/was put forward, so that time did not exist/).waitFor();
    assert.equal(await timeline.answer.getByRole('button').count(), 2);
    await timeline.zoneBox.fill('America/New_York');
    await timeline.timeBox.fill('2026-11-01 01:30:00');
    await timeline.timeBox.press('Enter');
    await timeline.answer.getByText(/was put back, so that time came twice/).waitFor();
    // The first answer has the focus: Enter takes it.
    await timeline.answer.getByRole('button', { name: /05:30:00 UTC/ }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await timeline.said(/2026-11-01 05:30:00/);
    await timeline.said(/Cannot be restored/);
    await timeline.zoneBox.fill('UTC');
    await timeline.timeBox.fill('25:61');
    await timeline.timeBox.press('Enter');
    await timeline.answer.getByText(/25:61 is no time of day/).waitFor();
    await timeline.slider.press('End');
    await timeline.said(/Can be restored/);
  });

  it('is where it was after another editor hid it', async () => {
    await timeline.slider.focus();
    await timeline.step('PageUp');
    await timeline.step('Shift+ArrowRight');
    const at = await timeline.at();
    await timeline.button('Open as text').click();
    await workbench.page.getByRole('tab', { name: /orders.*recovery window/ }).waitFor();
    await workbench.page.getByRole('tab', { name: 'Recovery of orders' }).click();
    await timeline.isShown();
    assert.equal(await timeline.at(), at);
  });

  it('restores to the chosen instant', async () => {
    const at = new Date((await timeline.at()) * 1000).toISOString().slice(11, 19);
    await timeline.restore.click();
    await workbench.question(/Restore orders to which time/).waitFor();
    assert.match(await workbench.quickInput().inputValue(), new RegExp(at));
    await workbench.page.keyboard.press('Escape');
  });

  it('is there again, where it was, after the window was reloaded', async () => {
    const at = await timeline.at();
    await workbench.untilStored(String(at));
    await workbench.page.reload();
    // VS Code may have kept an earlier moment, in which the text was in front.
    await workbench.page.getByRole('tab', { name: 'Recovery of orders' }).click();
    await timeline.isShown();
    assert.equal(await timeline.at(), at);
  });

  for (const [theme, name] of [
    ['Dark Modern', 'dark'],
    ['Dark High Contrast', 'high-contrast'],
    ['Light High Contrast', 'high-contrast-light'],
  ] as const) {
    it(`can be read in ${theme}`, async () => {
      await workbench.useTheme(theme);
      await timeline.isShown();
      await workbench.screenshot(`timeline-${name}`);
    });
  }

  it('can be read at 200 %', async () => {
    await workbench.page.setViewportSize({ width: 640, height: 430 });
    await workbench.runCommand('View: Close Primary Side Bar');
    await timeline.isShown();
    await workbench.screenshot('timeline-narrow');
    const [page, slider] = [await timeline.body.boundingBox(), await timeline.slider.boundingBox()];
    assert.ok(page && slider && slider.x >= page.x && slider.x + slider.width <= page.x + page.width, 'the timeline is wider than its page');
    const { controls, width, wholeWidth } = await timeline.layout();
    assert.ok(wholeWidth <= width, `the page of ${width} is to be moved sideways: ${wholeWidth}`);
    assert.ok(controls.length > 8);
    assert.deepEqual(controls.filter(({ left, right }) => left < 0 || right > width), []);
    // Tab goes as one reads: down, and from left to right.
    const rows = controls.map(({ top }) => Math.round(top / 12));
    assert.deepEqual(controls.filter(({ left }, index) => index > 0 && rows[index] === rows[index - 1] && left < (controls[index - 1]?.left ?? 0)), []);
    assert.deepEqual(rows, rows.toSorted((a, b) => a - b));
    const names = await timeline.laneNames();
    assert.ok(names.length > 0 && names.every((name) => name.trim() !== ''), names.join());
    assert.equal(names.length, await timeline.laneCount());
    await timeline.slider.focus();
    await timeline.tabTo(timeline.timeBox);
    await timeline.tabTo(timeline.button('Open as text'));
  });
});

describe('the recovery timeline with only a keyboard', () => {
  let workbench: Workbench;
  let timeline: TimelinePage;
  before(async () => {
    workbench = await Workbench.open(workbenchSettings());
    timeline = new TimelinePage(workbench);
  });
  after(() => workbench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-timeline-keys');
  });

  it('opens from the palette, chooses an instant and asks to restore to it', async () => {
    const { keyboard } = workbench.page;
    await workbench.runCommand('KubeBlocks Backup: Show Recovery Timeline');
    await workbench.enter(/Recovery timeline of/, 'ledger');
    await timeline.isShown();
    await timeline.tabTo(timeline.slider);
    assert.equal(await timeline.step('Shift+ArrowLeft'), -60);
    await timeline.tabTo(timeline.restore);
    await keyboard.press('Enter');
    await workbench.question(/Restore ledger to which time/).waitFor();
    await keyboard.press('Escape');
  });
});
