/** Something that can be started against a cause; what it is started on is found from what failed. */
export type FixId =
  | 'showRepository'
  | 'createRepository'
  | 'chooseDefaultRepository'
  | 'runAgain'
  | 'deleteBackupSet'
  | 'showPolicy'
  | 'showActionSet'
  | 'showTimeline'
  | 'restoreAgain'
  | 'turnLogBackupOn'
  | 'changeSchedule'
  | 'showLineage'
  | 'showEngineMatrix';

/** A known cause: by what it is recognised, and what is said of it. */
export interface CauseRule {
  readonly code: string;
  /** Of a text of a controller, Kubernetes, a tool or a database; absent where only the objects themselves show it. */
  readonly pattern?: RegExp;
  /** A short sentence. */
  readonly title: () => string;
  /** What it means, in a sentence. */
  readonly means: () => string;
  /** Whole sentences, best first. */
  readonly todo: () => readonly string[];
  readonly fixes: readonly FixId[];
  /** It says what is missing, not why: every other cause that is found comes before it. */
  readonly isSymptom?: true;
}
