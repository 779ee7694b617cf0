/** Where manifests are written. Our own read-only documents show what a cluster holds, which nobody can mend in the text. */
export const SCHEMES = ['file', 'untitled', 'vscode-vfs'] as const;
export const LANGUAGE = 'yaml';

export interface TextDocument {
  readonly uri: { readonly scheme: string; toString(): string };
  readonly languageId: string;
  readonly version: number;
  getText(): string;
}

export function isYaml({ uri, languageId }: Pick<TextDocument, 'uri' | 'languageId'>): boolean {
  return languageId === LANGUAGE && SCHEMES.some((scheme) => scheme === uri.scheme);
}

/** Cheap, and asked before anything of the language half is loaded. */
export function mentionsKubeBlocks(text: string): boolean {
  return text.includes('kubeblocks.io');
}
