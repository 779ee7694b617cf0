import { setTimeout } from 'node:timers/promises';
import type { Frame } from 'playwright-core';
import { Workbench } from '../support/workbench';

const [, , address = '', browser = ''] = process.argv;
const CLUSTER = 'orders-0';
const OPENED = 7;
/** A second, a minute, a recovery point: many times each. */
const STEPS = { ArrowLeft: 40, 'Shift+ArrowLeft': 40, PageUp: 40 } as const;

/** Programs of a page. */
const FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')";
const NOTE_CLICKS = "addEventListener('click', ({ timeStamp }) => { window.clicked = performance.timeOrigin + timeStamp; }, { capture: true })";
/** What is posted by a key comes after its handlers, what a frame posts after it was painted. */
const NOTE_STEPS = `window.steps = [];
addEventListener('keydown', ({ key, timeStamp }) => {
  if (key === 'Shift') return;
  const handled = performance.now();
  const [ofKey, ofFrame] = [new MessageChannel(), new MessageChannel()];
  let left = Infinity;
  ofKey.port1.onmessage = () => { left = performance.now(); };
  ofKey.port2.postMessage(undefined);
  requestAnimationFrame(() => {
    const framed = performance.now();
    ofFrame.port1.onmessage = () => {
      const done = performance.now();
      window.steps.push({ painted: done - timeStamp, work: Math.min(left, framed) - handled + (done - framed) });
    };
    ofFrame.port2.postMessage(undefined);
  });
}, { capture: true });`;

interface Opening {
  readonly all: number;
  /** What of it came after VS Code had made the page's frame: our code read, data asked for, made, sent and drawn. */
  readonly ofPage: number;
}

interface Step {
  /** From the key's own time stamp until its frame was painted. */
  readonly painted: number;
  /** What of it was work: the key's handlers, style, layout and paint. */
  readonly work: number;
}

/**
 * The timeline of one cluster with 10,000 backups and 20 log backups in a real VS Code (in a browser): ms from the click
 * on the command until the page's first picture was painted, and for each step by a key. Prints one line of JSON.
 */
async function main(): Promise<void> {
  const workbench = await Workbench.open({ browser, address });
  try {
    await workbench.openContainer('KubeBlocks Backup');
    await workbench.expand(workbench.line(new RegExp(`^${CLUSTER},`)));
    await workbench.line(/^Recovery window,/).waitFor({ timeout: 120_000 });
    // The first opening reads the code of the page and of the command; each is measured.
    const opened: Opening[] = [];
    for (let round = 0; round < OPENED; round += 1) {
      if (round > 0) await closeAll(workbench);
      opened.push(await open(workbench));
    }
    const steps = await stepping(workbench);
    const [first, ...again] = opened;
    const numbers = { first: [first?.all], again: again.map(({ all }) => all), ofPage: again.map(({ ofPage }) => ofPage), painted: steps.map(({ painted }) => painted), work: steps.map(({ work }) => work) };
    process.stdout.write(`${JSON.stringify(numbers)}\n`);
  } finally {
    await workbench.close();
  }
}

/** By mouse; the clock starts with the click on the command, and stops with the first paint that has content. */
async function open(workbench: Workbench): Promise<Opening> {
  const { page } = workbench;
  await page.evaluate(NOTE_CLICKS);
  await workbench.clickAction(workbench.line(/^Recovery window,/), 'Show Recovery Timeline');
  const frame = await shown(workbench);
  const clicked = await page.evaluate<number>('window.clicked');
  const [origin, ofPage] = await frame.evaluate<readonly [number, number]>(`[performance.timeOrigin, ${FIRST_PAINT}[0].startTime]`);
  return { all: origin + ofPage - clicked, ofPage };
}

/** The page's own frame, once its picture is there. */
async function shown(workbench: Workbench): Promise<Frame> {
  const bar = workbench.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame').locator('.bar.recoverable').first();
  await bar.waitFor();
  const element = await bar.elementHandle();
  const frame = await element.ownerFrame();
  if (frame === null) throw new Error('the timeline has no frame');
  await until(frame, `${FIRST_PAINT}.length > 0`);
  return frame;
}

/** Asked from outside: the page lets no text become a program. */
async function until(frame: Frame, isSo: string): Promise<void> {
  while (!(await frame.evaluate<boolean>(isSo))) await setTimeout(5);
}

async function closeAll(workbench: Workbench): Promise<void> {
  await workbench.runCommand('View: Close All Editors');
  await workbench.page.locator('iframe.webview').waitFor({ state: 'detached' });
}

async function stepping(workbench: Workbench): Promise<readonly Step[]> {
  const frame = await shown(workbench);
  await frame.locator('[role=slider]').focus();
  await frame.evaluate(NOTE_STEPS);
  let count = 0;
  for (const [key, times] of Object.entries(STEPS)) {
    for (let press = 0; press < times; press += 1) {
      await workbench.page.keyboard.press(key);
      count += 1;
      await until(frame, `window.steps.length >= ${count}`);
    }
  }
  return frame.evaluate<readonly Step[]>('window.steps');
}

void main();
