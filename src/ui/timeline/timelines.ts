import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isObjectRef, refKey } from '../objectRef';
import { readPageState } from './timelineMessages';
import { pageOptions, TIMELINE_VIEW, TimelinePanel, type TimelineDeps, type TimelineSubject } from './timelinePanel';

/** The open timelines: one for each cluster. */
export class Timelines {
  private readonly open = new Map<string, TimelinePanel>();

  constructor(private readonly deps: TimelineDeps) {}

  show(subject: TimelineSubject): void {
    const known = this.open.get(keyOf(subject));
    if (known !== undefined) {
      known.panel.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(TIMELINE_VIEW, l10n.t('Recovery of {0}', subject.ref.name), vscode.ViewColumn.Active, pageOptions(this.deps.extensionUri));
    this.add(panel, subject);
  }

  /** Takes up a panel that VS Code kept over a reload; one that kept nothing is closed. */
  revive(panel: vscode.WebviewPanel, state: unknown): void {
    const kept = readPageState(state);
    if (kept === undefined || !isObjectRef(kept.ref)) {
      panel.dispose();
      return;
    }
    panel.webview.options = pageOptions(this.deps.extensionUri);
    this.deps.active.start();
    this.add(panel, { ref: kept.ref, context: kept.context });
  }

  /** What each shows, as a screen reader says it. */
  drawn(): readonly (string | undefined)[] {
    return [...this.open.values()].map(({ drawn }) => drawn);
  }

  /** Takes a message as if the page of the timeline that was opened last had sent it. */
  receive(message: unknown): void {
    [...this.open.values()].at(-1)?.receive(message);
  }

  private add(panel: vscode.WebviewPanel, subject: TimelineSubject): void {
    const key = keyOf(subject);
    this.open.set(key, new TimelinePanel(panel, subject, this.deps));
    panel.onDidDispose(() => this.open.delete(key));
  }
}

function keyOf({ context, ref }: TimelineSubject): string {
  return `${context} ${refKey(ref)}`;
}
