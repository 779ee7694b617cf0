/** Asks for a restore into a new Cluster, up to 1.1. */
export const RESTORE_ANNOTATION = 'kubeblocks.io/restore-from-backup';
