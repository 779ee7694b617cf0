import { hasBracesNear, isTemplate } from './isTemplate';
import { objectsIn, type ManifestObject } from './manifestObject';
import { readSuppressions, type Suppressions } from './suppressions';
import type { YamlNode } from './yaml/node';
import { parseQuickly } from './yaml/parseQuickly';
import { parseYaml, type ParsedYaml } from './yaml/parseYaml';
import type { SyntaxFault } from './yaml/syntaxFault';

/** One document of a file: the same one as long as its text is, wherever it moves to. Identity may serve as a cache key. */
export interface ManifestDocument {
  readonly text: string;
  readonly root: YamlNode | undefined;
  readonly faults: readonly SyntaxFault[];
  /** Of a template language (Helm's `{{ … }}`), to be read only after rendering. */
  readonly isTemplate: boolean;
  readonly objects: readonly ManifestObject[];
  readonly suppressions: Suppressions;
}

/** Reads the text of one document. Never throws, whatever the text. */
export function readDocument(text: string): ManifestDocument {
  return documentOf(text, parseYaml(text));
}

/** The same, faster for documents of the usual kind: for files that are read whole, once. */
export function readDocumentQuickly(text: string): ManifestDocument {
  return documentOf(text, parseQuickly(text) ?? parseYaml(text));
}

/** Faults of a text that could be read. */
const WHOLE: ReadonlySet<string> = new Set(['duplicateKey', 'alias']);

function documentOf(text: string, { root, faults, hasComplexKeys }: ParsedYaml): ManifestDocument {
  const template = isTemplate(text, root, hasComplexKeys || faults.some((fault) => !WHOLE.has(fault.code) && hasBracesNear(text, fault.start)));
  const document = { text, root, faults, isTemplate: template, suppressions: readSuppressions(text), objects: [] as readonly ManifestObject[] };
  document.objects = template ? [] : objectsIn(root, document);
  return document;
}
