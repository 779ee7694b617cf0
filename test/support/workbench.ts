import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { EXTENSION_ID } from './extensionId';
import { palettedPng } from './palettedPng';

/** Pictures that are part of the documentation. */
const KEPT = path.join('docs', 'images');

/** What the runner of these tests says about the VS Code it started (scripts/lanes/workbench.mjs). */
export interface WorkbenchSettings {
  readonly address: string;
  /** The same folder in a VS Code that does not trust it yet. */
  readonly restricted: string;
  /** The same folder in a VS Code that runs the extension in a worker of the browser. */
  readonly web: string;
  /** What all of them show. */
  readonly folder: string;
  readonly browser: string;
  /** The file that `KUBECONFIG` names. What is written there is read at once. */
  readonly kubeconfig: string;
  /** Folder of installed extensions. */
  readonly extensions: string;
  readonly playground: { readonly address: string; readonly token: string };
}

export function workbenchSettings(): WorkbenchSettings {
  const text = process.env['KUBEBLOCKS_WORKBENCH'];
  assert.ok(text, 'run these tests with "npm run test:workbench": it starts the VS Code they drive');
  return JSON.parse(text) as WorkbenchSettings;
}

/** VS Code in a browser, as a person sees it: found by what is written on it, driven by mouse and keys. */
export class Workbench {
  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  static async open(settings: Pick<WorkbenchSettings, 'address' | 'browser'>, address = settings.address): Promise<Workbench> {
    const browser = await chromium.launch({
      executablePath: settings.browser,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(30_000);
    await page.goto(address);
    // Its commands are known from then on.
    await page.locator('.monaco-workbench .activitybar').getByRole('tab', { name: 'KubeBlocks Backup' }).waitFor();
    return new Workbench(browser, page);
  }

  /** Opens a file of the folder, by its name. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.page.locator('.quick-input-widget input').fill(name);
    await this.page.locator('.quick-input-list').getByRole('option', { name }).first().click();
    await this.page.locator('.tab', { hasText: name }).waitFor();
  }

  /** Opens the Problems panel, and gives its lines. */
  async problems(): Promise<Locator> {
    await this.page.keyboard.press('Control+Shift+M');
    return this.page.locator('.markers-panel-container').getByRole('treeitem');
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  /** Clicks an icon of the activity bar and waits for the lines of its views. */
  async openContainer(title: string): Promise<void> {
    await this.showContainer(title);
    await this.line(/./).waitFor();
    await this.hideSecondarySideBar();
  }

  /** Clicks an icon of the activity bar; its views may have nothing to show. */
  async showContainer(title: string): Promise<void> {
    await this.page.locator('.activitybar').getByRole('tab', { name: title }).click();
    await this.page.locator('.sidebar .composite.title', { hasText: new RegExp(title, 'i') }).waitFor();
  }

  /** A view of the side bar with its header. */
  view(name: string): Locator {
    return this.page.locator('.sidebar .pane', { has: this.page.locator('.pane-header', { hasText: name }) });
  }

  /** Drags the edge of the side bar until it is `width` pixels wide. */
  async widenSideBar(width: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    assert.ok(box);
    const [edge, middle] = [box.x + box.width + 2, box.y + box.height / 2];
    await this.page.mouse.move(edge, middle);
    await this.page.mouse.down();
    await this.page.mouse.move(edge + width - box.width, middle, { steps: 5 });
    await this.page.mouse.up();
  }

  /** VS Code opens an empty one in a folder it sees for the first time. */
  private async hideSecondarySideBar(): Promise<void> {
    const close = this.page.locator('.part.auxiliarybar').getByRole('button', { name: /^Hide Secondary Side Bar/ });
    if (await close.isVisible()) await close.click();
  }

  /** The first line of the side bar whose accessible name matches. */
  line(name: RegExp): Locator {
    return this.page.locator('.sidebar').getByRole('treeitem', { name }).first();
  }

  /** Moves the focus of the view that has it to a line, by arrow keys from its top. */
  async focusLine(name: RegExp): Promise<void> {
    await this.page.keyboard.press('Home');
    for (let left = 60; left > 0; left--) {
      if (name.test(await this.focusedLine())) return;
      await this.page.keyboard.press('ArrowDown');
    }
    assert.fail(`no line ${String(name)} was met by the arrow keys`);
  }

  /** Opens a line by keys. What is drawn anew at that moment takes no key, so it is pressed as a person would: until it opens. */
  async unfoldByKey(name: RegExp): Promise<void> {
    for (let left = 5; left > 0; left--) {
      await this.focusLine(name);
      await this.page.keyboard.press('ArrowRight');
      const line = this.page.locator('.sidebar .monaco-list:focus .monaco-list-row.focused[aria-expanded="true"]');
      const isOpen = await line.waitFor({ timeout: 3_000 }).then(() => true, () => false);
      if (isOpen) return;
    }
    assert.fail(`the line ${String(name)} did not open`);
  }

  /** What a screen reader says of the line that has the focus; empty when no line has. */
  async focusedLine(): Promise<string> {
    const line = this.page.locator('.sidebar .monaco-list:focus .monaco-list-row.focused');
    return (await line.count()) === 0 ? '' : ((await line.getAttribute('aria-label')) ?? '');
  }

  /** Chooses from the menu of the line that has the focus, by keys. */
  async contextMenu(title: string): Promise<void> {
    await this.page.keyboard.press('Shift+F10');
    const items = this.page.locator('.monaco-menu').getByRole('menuitem');
    await items.filter({ hasText: title }).first().waitFor();
    const reached = this.page.locator('.monaco-menu .action-item.focused').filter({ hasText: title });
    for (let left = await items.count(); left > 0; left--) {
      if ((await reached.count()) > 0) return this.page.keyboard.press('Enter');
      await this.page.keyboard.press('ArrowDown');
    }
    assert.fail(`the menu does not reach ${title}`);
  }

  /** Chooses from the menu of a line by mouse. A menu takes no click in its first tenth of a second, so it is clicked until it closes. */
  async menuByMouse(line: Locator, title: string): Promise<void> {
    await line.click({ button: 'right' });
    const menu = this.page.locator('.monaco-menu');
    for (let left = 5; left > 0; left--) {
      await menu.getByRole('menuitem', { name: title }).click();
      const isClosed = await menu.waitFor({ state: 'detached', timeout: 2_000 }).then(() => true, () => false);
      if (isClosed) return;
    }
    assert.fail(`the menu took no click on ${title}`);
  }

  /** Opens a line's children. */
  async expand(line: Locator): Promise<void> {
    await line.waitFor();
    if ((await line.getAttribute('aria-expanded')) === 'true') return;
    await line.locator('.monaco-tl-twistie').click();
  }

  /** Folds a view of the side bar, which leaves the others more room: lines out of sight do not exist. */
  async fold(view: string): Promise<void> {
    const header = this.page.locator('.sidebar').getByRole('button', { name: `${view} Section` });
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
  }

  /** Opens a view of the side bar that is folded. */
  async unfold(view: string): Promise<void> {
    const header = this.page.locator('.sidebar').getByRole('button', { name: `${view} Section` });
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  }

  /** Clicks one of the icons that a line of the side bar shows under the mouse. */
  async clickAction(line: Locator, title: string): Promise<void> {
    await line.hover();
    await line.getByRole('button', { name: title }).click();
  }

  /** Runs a command from the palette by its title. */
  async runCommand(title: string): Promise<void> {
    for (let left = 3; ; left--) {
      try {
        await this.openPalette(`>${title}`);
        await this.focusChoice(title);
        await this.page.keyboard.press('Enter');
        return;
      } catch (error) {
        if (left === 1) throw error;
      }
    }
  }

  /** Enter takes the line that has the focus: another one until the list is filtered, and then perhaps one that is before it in the alphabet. */
  private async focusChoice(title: string): Promise<void> {
    await this.quickChoice(new RegExp(escape(title))).waitFor({ timeout: 10_000 });
    const meant = this.page.locator('.quick-input-widget .monaco-list-row.focused').filter({ hasText: title });
    for (let left = 5; left > 0; left--) {
      const isFocused = await meant.waitFor({ timeout: 1_000 }).then(() => true, () => false);
      if (isFocused) return;
      await this.page.keyboard.press('ArrowDown');
    }
    await meant.waitFor({ timeout: 1_000 });
  }

  /** Chooses a colour theme by its name. */
  async useTheme(name: string): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.quickChoice(/^(Dark|Light)/).waitFor();
    await this.quickInput().fill(name);
    await this.focusChoice(name);
    await this.page.keyboard.press('Enter');
  }

  /** What takes the focus just then, a page or a line that is drawn, closes it again, perhaps before anything is typed. */
  private async openPalette(text: string): Promise<void> {
    for (let left = 3; ; left--) {
      await this.page.keyboard.press('F1');
      const typed = this.quickInput().fill(text, left > 1 ? { timeout: 5000 } : {});
      const isTyped = await typed.then(() => true, (error: unknown) => {
        if (left === 1) throw error;
        return false;
      });
      if (isTyped) return;
    }
  }

  /** Waits for a question whose title matches and answers it with one of its lines, by mouse. */
  async choose(question: RegExp, choice: RegExp): Promise<void> {
    await this.question(question).waitFor();
    await this.quickChoice(choice).click();
  }

  /** Waits for a question whose title matches and answers it by keyboard: with `text`, or with what it offers. */
  async enter(question: RegExp, text?: string): Promise<void> {
    await this.question(question).waitFor();
    if (text !== undefined) {
      await this.quickInput().fill(text);
      await this.untilFiltered(text);
    }
    await this.page.keyboard.press('Enter');
  }

  /** Enter takes the line that has the focus, which is another one until a list is filtered. */
  private async untilFiltered(text: string): Promise<void> {
    const lines = this.page.locator('.quick-input-list:visible .monaco-list-row');
    if ((await lines.count()) === 0) return;
    // What no line holds is for the test to see.
    await this.page.locator('.quick-input-list:visible .monaco-list-row.focused', { hasText: text }).waitFor({ timeout: 3_000 }).catch(() => undefined);
  }

  /** Goes back, by keys, to the question before; what is still being drawn takes no key, so it is pressed until that is there. */
  async goBackTo(question: RegExp): Promise<void> {
    for (let left = 5; left > 0; left--) {
      await this.page.keyboard.press('Alt+ArrowLeft');
      const isThere = await this.question(question).waitFor({ timeout: 3_000 }).then(() => true, () => false);
      if (isThere) return;
    }
    assert.fail(`Alt+Left does not lead back to ${String(question)}`);
  }

  /** Agrees to a question in the middle of the window by its button that has the focus; what comes before it has the focus is lost. */
  async agree(name: RegExp): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name });
    await dialog.waitFor();
    for (let left = 5; left > 0; left--) {
      await this.page.keyboard.press('Enter');
      const isGone = await dialog.waitFor({ state: 'detached', timeout: 2_000 }).then(() => true, () => false);
      if (isGone) return;
    }
    assert.fail(`the question ${String(name)} took no Enter`);
  }

  question(title: RegExp): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-title', { hasText: title });
  }

  quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-box input');
  }

  quickChoice(name: RegExp): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-list').getByRole('option', { name }).first();
  }

  /** The tab of an editor. */
  tab(name: RegExp): Locator {
    return this.page.locator('.editor-group-container .tab', { hasText: name }).first();
  }

  /** Text of the Markdown page that is in front; of several in sight, the one that was opened last. */
  rendered(text: RegExp): Locator {
    return this.page.locator('iframe.webview.ready >> visible=true').last().contentFrame().frameLocator('#active-frame').getByText(text).first();
  }

  /**
   * Waits until what the extension remembers of this workspace is written and holds the text, in the memory of that name.
   * In a browser VS Code writes every few seconds, and not when its page goes.
   */
  async untilRemembered(text: string, memory: 'followed' | 'restorePlans' = 'followed'): Promise<void> {
    const end = Date.now() + 30_000;
    while (!(await this.page.evaluate<string[]>(REMEMBERED)).some((value) => holds(value, memory, text))) {
      assert.ok(Date.now() < end, `VS Code never wrote that it remembers ${text}`);
      await this.page.waitForTimeout(200);
    }
  }

  /** Waits until VS Code has written the text somewhere in its own stores, such as the state of a page. */
  async untilStored(text: string): Promise<void> {
    const end = Date.now() + 30_000;
    while (!(await this.page.evaluate<string[]>(storedBy('getAll()'))).some((value) => value.includes(text))) {
      assert.ok(Date.now() < end, `VS Code never wrote ${text}`);
      await this.page.waitForTimeout(200);
    }
  }

  /** A message in the corner. */
  notification(text: RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
  }

  /** Keeps a picture in out/screenshots, or in docs/images where `UPDATE_SCREENSHOTS` is set. */
  async screenshot(name: string): Promise<void> {
    const folder = process.env['UPDATE_SCREENSHOTS'] ? KEPT : path.join('out', 'screenshots');
    mkdirSync(folder, { recursive: true });
    // Away from everything that would show a hover.
    await this.page.mouse.move(640, 0);
    const picture = await this.page.screenshot();
    writeFileSync(path.join(folder, `${name}.png`), folder === KEPT ? palettedPng(picture) : picture);
  }
}

/** In the page: what the extension remembers, of this workspace and of all. */
const REMEMBERED = storedBy(`get(${JSON.stringify(EXTENSION_ID)})`);

/** In the page: what a request to each store of a VS Code in a browser gives. */
function storedBy(request: string): string {
  return `(async () => {
  const settled = (asked) => new Promise((resolve, reject) => { asked.onsuccess = () => resolve(asked.result); asked.onerror = () => reject(asked.error); });
  const stores = (await indexedDB.databases()).filter(({ name }) => name.startsWith('vscode-web-state-db-'));
  const values = await Promise.all(stores.map(async ({ name }) => {
    const store = await settled(indexedDB.open(name));
    const value = await settled(store.transaction('ItemTable').objectStore('ItemTable').${request});
    store.close();
    return value === undefined ? [] : [value].flat().map(String);
  }));
  return values.flat();
})()`;
}

/** Whether that memory, not another one of the extension, holds the text. */
function holds(remembered: string, memory: string, text: string): boolean {
  const memories = JSON.parse(remembered) as Record<string, unknown>;
  return JSON.stringify(memories[memory] ?? null).includes(text);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
