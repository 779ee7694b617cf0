import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Problem {
  readonly code: string;
  readonly line: number;
  readonly character: number;
}

type Listener = (event: unknown) => void;

interface StandInDocument {
  readonly uri: URI;
  readonly languageId: string;
  readonly version: number;
  readonly lineCount: number;
  getText(): string;
  offsetAt(position: { readonly line: number; readonly character: number }): number;
}

type Provide = (document: StandInDocument, position: unknown, token: unknown) => Promise<readonly { readonly label: string }[]>;

/** The part of VS Code's API that the browser's half uses, on a file system that is read only, with documents that a test opens. */
export function createBrowserVscode(folders: Folders): {
  readonly api: ReturnType<typeof createApi>;
  /** Opens a text and waits for the first problems in it. */
  firstProblems(uri: string, text: string): Promise<readonly Problem[]>;
  completions(uri: string, text: string): Promise<readonly string[]>;
  lenses(uri: string): Promise<readonly unknown[]>;
} {
  const state: State = { documents: [], opened: [], problems: new Map(), told: [], completing: [], lensing: [], registered: [] };
  const open = (uri: string, text: string): StandInDocument => {
    const document = documentOf(uri, text);
    state.documents.push(document);
    state.opened.forEach((listener) => listener(document));
    return document;
  };
  const token = { isCancellationRequested: false };
  return {
    api: createApi(folders, state),
    firstProblems: (uri, text) =>
      new Promise((resolve) => {
        state.told.push((changed) => {
          if (changed === uri) resolve(state.problems.get(uri) ?? []);
        });
        open(uri, text);
      }),
    completions: async (uri, text) => {
      const registered = new Promise<void>((resolve) => state.registered.push(resolve));
      const document = open(uri, text);
      if (state.completing.length === 0) await registered;
      const offered = await Promise.all(state.completing.map((provide) => provide(document, { line: 0, character: text.length }, token)));
      return offered.flatMap((items) => items.map(({ label }) => label));
    },
    lenses: async (uri) => {
      const document = state.documents.find((each) => each.uri.toString() === uri);
      if (document === undefined) throw new Error(`${uri} is not open`);
      return (await Promise.all(state.lensing.map((provide) => provide(document, token, undefined)))).flat();
    },
  };
}

/** Scheme and the rest, as far as this half looks at them. */
class URI {
  private constructor(
    readonly scheme: string,
    readonly authority: string,
    readonly path: string,
  ) {}

  static parse(text: string): URI {
    const [, scheme = '', authority = '', rest = ''] = /^([^:]+):(?:\/\/([^/]*))?(.*)$/.exec(text) ?? [];
    return new URI(scheme, authority, rest);
  }

  with({ path: changed }: { readonly path: string }): URI {
    return new URI(this.scheme, this.authority, changed);
  }

  toString(): string {
    return `${this.scheme}:${this.authority === '' ? '' : `//${this.authority}`}${this.path}`;
  }
}

interface State {
  readonly documents: StandInDocument[];
  readonly opened: Listener[];
  readonly problems: Map<string, readonly Problem[]>;
  readonly told: ((uri: string) => void)[];
  readonly completing: Provide[];
  readonly lensing: Provide[];
  /** Told of the next provider of completions. */
  readonly registered: (() => void)[];
}

class Disposable {
  constructor(readonly dispose: () => void) {}

  static from(...all: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => all.forEach((each) => void each.dispose()));
  }
}

class EventEmitter {
  private readonly listeners: Listener[] = [];
  readonly event = (listener: Listener): Disposable => {
    this.listeners.push(listener);
    return new Disposable(() => undefined);
  };

  fire(event: unknown): void {
    this.listeners.forEach((listener) => listener(event));
  }

  dispose(): void {
    this.listeners.length = 0;
  }
}

class Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };

  constructor(line: number, character: number, endLine: number, endCharacter: number) {
    this.start = { line, character };
    this.end = { line: endLine, character: endCharacter };
  }
}

class Diagnostic {
  code: { readonly value: string } | undefined;

  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: number,
  ) {}
}

class Labelled {
  constructor(
    readonly label: string,
    readonly kind: number,
  ) {}
}

class Valued {
  constructor(readonly value: string) {}
}

/** `append` as kinds of code actions have it. */
const kind = (value: string): { readonly value: string; append(part: string): unknown } => ({ value, append: (part) => kind(`${value}.${part}`) });

function documentOf(uri: string, text: string): StandInDocument {
  const lines = text.split('\n');
  return {
    uri: URI.parse(uri),
    languageId: 'yaml',
    version: 1,
    lineCount: lines.length,
    getText: () => text,
    offsetAt: ({ line, character }) => lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character,
  };
}

/** Where the files of the extension are that it reads. */
export interface Folders {
  readonly schemas: string;
  readonly dist: string;
}

function fileOf({ path: file }: URI, { schemas, dist }: Folders): string {
  const [, folder, rest = ''] = /\/(schemas|dist)\/(.+)$/.exec(file) ?? [];
  return path.join(folder === 'dist' ? dist : schemas, rest);
}

function createApi(folders: Folders, state: State) {
  const nothing = (): Disposable => new Disposable(() => undefined);
  const numbers = new Proxy({}, { get: (_, name) => (typeof name === 'string' ? name.length : undefined) });
  return {
    Disposable,
    EventEmitter,
    Range,
    Diagnostic,
    CompletionItem: Labelled,
    MarkdownString: Valued,
    SnippetString: Valued,
    DiagnosticSeverity: numbers,
    DiagnosticTag: numbers,
    CompletionItemKind: numbers,
    SymbolKind: numbers,
    CodeActionKind: { QuickFix: kind('quickfix'), SourceFixAll: kind('source.fixAll') },
    FileSystemError: class extends Error {},
    Uri: { parse: (text: string) => URI.parse(text), joinPath: (uri: URI, ...parts: readonly string[]) => uri.with({ path: path.posix.join(uri.path, ...parts) }) },
    l10n: { bundle: undefined, t: (text: string) => text },
    extensions: { getExtension: () => undefined, onDidChange: nothing },
    workspace: {
      isTrusted: true,
      textDocuments: state.documents,
      onDidOpenTextDocument: (listener: Listener) => {
        state.opened.push(listener);
        return nothing();
      },
      onDidChangeTextDocument: nothing,
      onDidCloseTextDocument: nothing,
      onDidChangeConfiguration: nothing,
      onDidGrantWorkspaceTrust: nothing,
      getConfiguration: () => ({ get: () => undefined }),
      findFiles: () => Promise.resolve([]),
      asRelativePath: (uri: URI) => uri.path,
      createFileSystemWatcher: () => ({ onDidCreate: nothing, onDidChange: nothing, onDidDelete: nothing, dispose: () => undefined }),
      fs: { readFile: (uri: URI) => Promise.resolve(new Uint8Array(readFileSync(fileOf(uri, folders)))) },
    },
    window: {
      activeTextEditor: undefined,
      onDidChangeActiveTextEditor: nothing,
      showErrorMessage: (message: string) => { throw new Error(message); },
      createOutputChannel: () => ({ debug: nothing, info: nothing, warn: nothing, error: (message: string) => { throw new Error(message); }, show: nothing, dispose: nothing }),
    },
    languages: {
      createDiagnosticCollection: () => ({
        set: (uri: URI, found: readonly Diagnostic[]) => {
          state.problems.set(uri.toString(), found.map(({ code, range }) => ({ code: code?.value ?? '', ...range.start })));
          state.told.forEach((tell) => tell(uri.toString()));
        },
        delete: () => undefined,
        dispose: () => undefined,
      }),
      createLanguageStatusItem: () => ({ dispose: () => undefined }),
      registerCompletionItemProvider: (_: unknown, { provideCompletionItems }: { readonly provideCompletionItems: Provide }) => {
        state.completing.push(provideCompletionItems);
        state.registered.splice(0).forEach((tell) => tell());
        return nothing();
      },
      registerCodeLensProvider: (_: unknown, { provideCodeLenses }: { readonly provideCodeLenses: Provide }) => {
        state.lensing.push(provideCodeLenses);
        return nothing();
      },
      registerCodeActionsProvider: nothing,
      registerHoverProvider: nothing,
      registerDefinitionProvider: nothing,
      registerReferenceProvider: nothing,
      registerRenameProvider: nothing,
      registerDocumentLinkProvider: nothing,
      registerDocumentSymbolProvider: nothing,
      registerFoldingRangeProvider: nothing,
      registerInlayHintsProvider: nothing,
    },
  };
}
