/**
 * Rules that offer no fix, and why none is obvious: a fix invents no names, loses nothing, and stays in the document it is
 * about. Every other rule has a wrong manifest that is offered one.
 */
export const WITHOUT_FIX: Readonly<Record<string, string>> = {
  'KB-B002': 'what starts the log backup is another object, the BackupSchedule',
  'KB-B004': 'the policy in the cluster is what has to change',
  'KB-B007': 'Delete lets the files go, which a person decides',
  'KB-B008': 'a shorter name is a person\'s to choose',
  'KB-B011': 'the schedule makes the Backup: there is nothing to write',
  'KB-B013': 'only waiting helps, or the Cluster in the cluster is what has to change',
  'KB-C005': 'it needs a new cluster, with a name that a person chooses',
  'KB-E003': 'the repository is another object',
  'KB-E007': 'what was to be left out must be said in another way, if at all',
  'KB-N001': 'a shorter name is a person\'s to choose',
  'KB-P002': 'which pods are to be backed up nobody else knows',
  'KB-P011': 'no field makes the tool encrypt',
  'KB-P015': 'nothing is wrong yet: a restore has to be tried',
  'KB-P016': 'the cluster lacks something',
  'KB-P017': 'which of the two is meant nobody else knows',
  'KB-R012': 'which region the server wants nobody else knows',
  'KB-R015': 'the storage or the release of KubeBlocks is what has to change',
  'KB-T002': 'which other data to restore is a person\'s to choose',
  'KB-T006': 'the name of the new cluster is a person\'s to choose',
  'KB-T007': 'which namespace the cluster is to live in is a person\'s to choose',
  'KB-T009': 'which other data to restore is a person\'s to choose',
  'KB-T011': 'which other data to restore is a person\'s to choose',
  'KB-T012': 'the repository is another object, or is to come back first',
  'KB-T013': 'nothing is wrong: it says what to do afterwards',
  'KB-T014': 'which other data to restore is a person\'s to choose',
  'KB-T015': 'which pods are meant nobody else knows',
  'KB-T016': 'the backup in the cluster is what lacks something',
  'KB-X005': 'which number was meant nobody else knows',
};
