import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Documents, NamedText } from '../app';
import { addressParts, isDiagnosisTitle, parseAddress, SCHEME, type DocumentAddress } from './documentAddress';
import type { hasPageChanged } from './hasPageChanged';
import type { ObjectAddress, PageAddress, OpenPages } from './pageUpkeep';

/** Makes the text of a document that is not a preview. Rejections become the document's text. */
export type DocumentText = (address: PageAddress) => Promise<string>;

/** The read-only documents of the `kubeblocks-backup:` scheme. */
export class DocumentProvider implements Documents, OpenPages, vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly previews = new Map<string, string>();
  /** Diagnoses that were read, by the title of their editor; the newest of a title counts. */
  private readonly diagnoses = new Map<string, ObjectAddress>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(private readonly textOf: DocumentText) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const address = parseAddress(uri.query);
    if (address === undefined) {
      return '';
    }
    if (address.form === 'preview') {
      return this.previews.get(address.name) ?? l10n.t('What stood here went when the window was reloaded. Run the command again to see it.');
    }
    if (address.form === 'diagnosis') {
      this.diagnoses.set(titleOf(uri), address);
    }
    try {
      return await this.textOf(address);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  async show(address: DocumentAddress, where?: 'beside'): Promise<void> {
    const uri = uriOf(address);
    this.changed.fire(uri);
    if (uri.path.endsWith('.md')) {
      await vscode.commands.executeCommand(where === 'beside' ? 'markdown.showPreviewToSide' : 'markdown.showPreview', uri);
      return;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true, viewColumn: where === 'beside' ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active });
  }

  async preview(name: string, text: string): Promise<void> {
    const uri = this.keep({ name, text });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true, viewColumn: columnForPreview() });
  }

  async page(title: string, markdown: string): Promise<void> {
    await vscode.commands.executeCommand('markdown.showPreview', this.keep({ name: `${title}.md`, text: markdown }));
  }

  async compare(title: string, before: NamedText | { readonly uri: string }, after: NamedText): Promise<void> {
    const left = 'uri' in before ? vscode.Uri.parse(before.uri) : this.keep({ ...before, name: `before/${before.name}` });
    const right = this.keep({ ...after, name: `after/${after.name}` });
    await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true, preserveFocus: true });
  }

  get diagnosisInFront(): ObjectAddress | undefined {
    const title = titleInFront();
    return isDiagnosisTitle(title) ? [...this.diagnoses].find(([known]) => title.endsWith(known))?.[1] : undefined;
  }

  refreshOpen(): void {
    this.open().forEach((address) => this.remake(address));
  }

  open(): readonly PageAddress[] {
    return vscode.workspace.textDocuments.flatMap(({ uri }) => {
      const address = uri.scheme === SCHEME ? parseAddress(uri.query) : undefined;
      return address === undefined || address.form === 'preview' ? [] : [address];
    });
  }

  remake(address: PageAddress): void {
    this.changed.fire(uriOf(address));
  }

  private keep({ name, text }: NamedText): vscode.Uri {
    this.previews.set(name, text);
    const uri = uriOf({ form: 'preview', name });
    this.changed.fire(uri);
    return uri;
  }

  async hasChanged(): Promise<typeof hasPageChanged> {
    return (await import('./hasPageChanged.js')).hasPageChanged;
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

/** The title of the editor in front; a preview's begins with a word of VS Code's. */
export function titleInFront(): string {
  return vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
}

function titleOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Beside what is being read or written; where there is nothing, or only an earlier preview, in its place. */
function columnForPreview(): vscode.ViewColumn {
  const { tabs } = vscode.window.tabGroups.activeTabGroup;
  const isPreview = ({ input }: vscode.Tab): boolean => input instanceof vscode.TabInputText && input.uri.scheme === SCHEME && input.uri.path.startsWith('/preview/');
  return tabs.every(isPreview) ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
}

function uriOf(address: DocumentAddress): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, ...addressParts(address) });
}
