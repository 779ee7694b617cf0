import { readDocumentQuickly, type ManifestDocument } from './manifestDocument';
import { readFile, type ManifestFile } from './manifestFile';
import { splitDocuments } from './yaml/splitDocuments';

/** Resolves when more may be done; immediately as long as the turn has time left. */
export type Turn = () => Promise<void> | undefined;

/** `readFile` for a long text: asks after every document whether the turn of the event loop is over. Rejects as `turn` does. */
export async function readInTurns(text: string, turn: Turn): Promise<ManifestFile> {
  const documents: ManifestDocument[] = [];
  for (const chunk of splitDocuments(text)) {
    documents.push(readDocumentQuickly(chunk.text));
    const pause = turn();
    if (pause !== undefined) await pause;
  }
  let next = 0;
  return readFile(text, (chunk) => documents[next++] ?? readDocumentQuickly(chunk));
}
