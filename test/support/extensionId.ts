/** The extension as VS Code names it, in its list of extensions and in its stores. */
export const EXTENSION_ID = 'kubeblocks-backup.kubeblocks-backup';
