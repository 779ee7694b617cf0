import * as vscode from 'vscode';
import type { Logger } from '../../operations/ports';

const EXTENSION = 'redhat.vscode-yaml';
const SCHEME = 'kubeblocks';

/** What of the YAML extension's API is used here (`src/schema-extension-api.ts` of redhat-developer/vscode-yaml). */
interface YamlExtension {
  registerContributor(scheme: string, requestSchema: (resource: string) => string | undefined, requestSchemaContent: (uri: string) => string | undefined, label?: string): boolean;
}

export interface YamlExtensionDeps {
  readonly logger: Logger;
  /** The line that the document at a URI is read by; undefined for one that holds no object of KubeBlocks. */
  readonly lineAt: (uri: string) => string | undefined;
  /** The extension appeared, or went. */
  readonly onChange: () => void;
}

/**
 * Lives beside Red Hat's YAML extension. Manifests of KubeBlocks get, through its contributor API, a schema that demands and
 * offers nothing: ours go further, and whatever it would find for them elsewhere (a CRD store, a glob) would be said twice.
 * Its own part, the faults of YAML itself and the outline, is left to it.
 */
export class BesideYamlExtension {
  private isBeside = yamlExtension() !== undefined;
  private isOver = false;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly deps: YamlExtensionDeps) {
    this.subscription = vscode.extensions.onDidChange(() => this.look());
    if (this.isBeside) void this.contribute();
  }

  /** It draws the outline of YAML texts. */
  get hasOutline(): boolean {
    return this.isBeside;
  }

  /** It says where a document is no YAML. */
  validates({ uri }: vscode.TextDocument): boolean {
    return this.isBeside && vscode.workspace.getConfiguration('yaml', uri).get('validate') !== false;
  }

  dispose(): void {
    this.isOver = true;
    this.subscription.dispose();
  }

  private look(): void {
    const isBeside = yamlExtension() !== undefined;
    if (isBeside === this.isBeside) return;
    this.isBeside = isBeside;
    this.deps.onChange();
    if (isBeside) void this.contribute();
  }

  /** A contributor cannot be taken back: once this is over, it knows no document any more. */
  private async contribute(): Promise<void> {
    const { lineAt, logger } = this.deps;
    const requestSchema = (resource: string): string | undefined => {
      const line = this.isOver ? undefined : lineAt(resource);
      return line === undefined ? undefined : `${SCHEME}://schema/${line}`;
    };
    try {
      const api = await yamlExtension()?.activate();
      const isTaken = api?.registerContributor?.(SCHEME, requestSchema, (uri) => schemaText(uri.split('/').at(-1) ?? ''), 'KubeBlocks');
      logger.debug(`${EXTENSION}: ${isTaken === true ? 'manifests of KubeBlocks are left to this extension' : 'it takes no contributor'}`);
    } catch (error) {
      logger.warn(`${EXTENSION} could not be given a schema for KubeBlocks: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function yamlExtension(): vscode.Extension<Partial<YamlExtension> | undefined> | undefined {
  return vscode.extensions.getExtension(EXTENSION);
}

function schemaText(line: string): string {
  return JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', title: `KubeBlocks ${line}` });
}
