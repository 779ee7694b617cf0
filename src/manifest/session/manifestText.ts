/** Where manifests are written. Our own read-only documents show what a cluster holds, which nobody can mend in the text. */
export const SCHEMES = ['file', 'untitled', 'vscode-vfs', 'vscode-remote'] as const;
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

/** Whether a text holds nothing yet but comments, markers of documents, what kind of object it is to be, and the word that is being typed. */
export function isBlank(text: string): boolean {
  return text.length < LONGEST_BLANK && /^\s*(?:[\w-]*|(?:(?:apiVersion|kind):[ \t]*[^\s:]*\s+)?(?:apiVersion|kind):[ \t]*[^\s:]*)\s*$/.test(text.replace(/^(?:---|\.\.\.)(?=\s|$)/gm, '').replace(/^[ \t]*#.*$/gm, ''));
}

/** A text longer than this is not looked at for being blank. */
const LONGEST_BLANK = 2_000;
