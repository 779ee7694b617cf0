import { randomBytes } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClusterEntry } from '../../kubeblocks/clusterIndex';
import type { Inventory } from '../../kubeblocks/inventory';
import type { TimeContext } from '../../kubeblocks/timeText';
import type { Clock, Logger } from '../../operations/ports';
import type { ActiveCluster } from '../connection/activeCluster';
import type { ObjectRef } from '../objectRef';
import { buildTimeline } from './buildTimeline';
import type { TimelineData } from './timelineData';
import { timelineEntry } from './timelineEntry';
import { timelineHtml } from './timelineHtml';
import { readFromPage, type FromPage, type ToPage } from './timelineMessages';
import { updateBetween } from './timelineUpdate';

export const TIMELINE_VIEW = 'kubeblocksBackup.timeline';

export interface TimelineDeps {
  readonly extensionUri: vscode.Uri;
  readonly active: ActiveCluster;
  readonly time: () => TimeContext;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly restore: (log: ObjectRef, at: number) => Promise<void>;
  readonly openText: (context: string, ref: ObjectRef) => Promise<void>;
}

/** What a timeline is about. */
export interface TimelineSubject {
  readonly ref: ObjectRef;
  readonly context: string;
}

/** At most one look (ms) at what changed. */
const PAUSE = 500;
/** How often (ms) a timeline in sight is looked at although nothing changed: a log goes silent by the clock. */
const BEAT = 10_000;

export function pageOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist'), vscode.Uri.joinPath(extensionUri, 'media')] };
}

/** One open timeline: sends its page what it shows, and follows the inventory while it is in sight. */
export class TimelinePanel {
  private readonly ending = new AbortController();
  /** What the page has; undefined while there is none. */
  private sent: TimelineData | undefined;
  private isReady = false;
  private isDue = false;
  private seen: readonly unknown[] = [];
  /** What a screen reader says of the cursor, each time the page was drawn. */
  drawn: string | undefined;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly subject: TimelineSubject,
    private readonly deps: TimelineDeps,
  ) {
    const { webview } = panel;
    const stop = deps.active.onDidChange(() => this.lookSoon());
    panel.onDidDispose(() => {
      stop();
      this.ending.abort();
    });
    panel.onDidChangeViewState(() => {
      // A page out of sight is gone; it says that it is ready when it is made again.
      this.isReady &&= panel.visible;
    });
    webview.onDidReceiveMessage((message) => this.receive(message));
    const file = (...parts: string[]): vscode.Uri => webview.asWebviewUri(vscode.Uri.joinPath(deps.extensionUri, ...parts));
    webview.html = timelineHtml({
      script: file('dist', 'timeline.js').toString(),
      style: file('media', 'timeline.css').toString(),
      origin: webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
      language: vscode.env.language,
      title: l10n.t('Recovery timeline'),
    });
    void this.beat();
  }

  /** Takes what the page said, which may be anything. */
  receive(message: unknown): void {
    const read = readFromPage(message);
    if (read === undefined) {
      this.deps.logger.warn(`The recovery timeline sent what it should not: ${JSON.stringify(message).slice(0, 200)}`);
      return;
    }
    this.act(read);
  }

  private act(message: FromPage): void {
    switch (message.type) {
      case 'ready':
        this.isReady = true;
        this.sent = undefined;
        this.seen = [];
        this.look();
        return;
      case 'drawn':
        this.drawn = message.label;
        return;
      case 'openText':
        void this.deps.openText(this.subject.context, this.subject.ref);
        return;
      case 'restore':
        this.restore(message.log, message.at);
    }
  }

  /** Only what this cluster has can be restored from here. */
  private restore(log: string, at: number): void {
    const { inventory } = this.deps.active;
    const entry = inventory === undefined ? undefined : this.entryIn(inventory);
    if (entry?.backups.some(({ metadata }) => metadata.name === log) === true) {
      void this.deps.restore({ kind: 'backup', namespace: entry.namespace, name: log }, at);
    }
  }

  private lookSoon(): void {
    if (!this.isDue && this.isReady) {
      this.isDue = true;
      void this.later(PAUSE, () => {
        this.isDue = false;
        this.look();
      });
    }
  }

  private async beat(): Promise<void> {
    for (;;) {
      const isOver = await this.later(BEAT, () => this.look(true));
      if (isOver) return;
    }
  }

  /** Whether it was ended meanwhile. */
  private async later(ms: number, act: () => void): Promise<boolean> {
    try {
      await this.deps.clock.sleep(ms, this.ending.signal);
    } catch {
      return true;
    }
    act();
    return false;
  }

  private look(always = false): void {
    if (!this.isReady) {
      return;
    }
    const { inventory } = this.deps.active;
    const entry = inventory === undefined ? undefined : this.entryIn(inventory);
    if (inventory === undefined || entry === undefined) {
      this.sent = undefined;
      this.send({ type: 'trouble', message: this.troubleText(inventory) });
      return;
    }
    const { backups, policies, actionSets, schedules } = inventory;
    const seen = [entry, backups.state.state, policies.items, actionSets.items, schedules.items];
    if (always || seen.some((each, index) => each !== this.seen[index])) {
      this.seen = seen;
      this.show(inventory, entry);
    }
  }

  private show(inventory: Inventory, entry: ClusterEntry): void {
    const data = buildTimeline(inventory, this.subject.ref, entry, this.deps.time());
    this.panel.title = l10n.t('Recovery of {0}', entry.name);
    this.send({ type: 'data', update: updateBetween(this.sent, data), strings: this.sent === undefined ? strings() : null });
    this.sent = data;
  }

  private entryIn(inventory: Inventory): ClusterEntry | undefined {
    return inventory.context === this.subject.context ? timelineEntry(inventory, this.subject.ref) : undefined;
  }

  private troubleText(inventory: Inventory | undefined): string {
    const { context, ref } = this.subject;
    if (inventory?.context !== context) {
      return l10n.t('{0} is in {1}, which is not connected now. Choose that context to see it.', ref.name, context);
    }
    const { state } = inventory.backups.state;
    return state === 'loading' ? l10n.t('The backups are being listed…') : l10n.t('{0} is not there any more, nor are its backups.', ref.name);
  }

  private send(message: ToPage): void {
    void this.panel.webview.postMessage(message);
  }
}

/** The sentences in VS Code's language, where it is not English. */
function strings(): Readonly<Record<string, string>> | null {
  const { bundle } = vscode.l10n;
  return bundle === undefined ? null : Object.fromEntries(Object.entries(bundle).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])));
}
