import type { StoryDifference } from '../stories/known';

interface Known {
  /** Of the chapter's slug; every chapter when absent. */
  readonly story?: RegExp;
  readonly at: RegExp;
  readonly why: string;
}

/** Where the playground tells a story of another line otherwise, and why it may. */
const KNOWN: readonly Known[] = [
  { story: /^0\.9/, at: /^objects\.Backup\/[\w-]+\.(annotations\.kubeblocks\.io\/encrypted-system-accounts\.mysql|status\.path|status\.actions\.[\w-]+\.targetPodName)$/, why: 'the recording of 0.9 has a policy, a Secret and pods made by hand, without roles or accounts' },
  { story: /^0\.9\/06/, at: /^(objects\.Backup\/bad-neg\.isGone|(objects|events)\.Job\/UID8-delete-bad-neg[. ])/, why: 'the recording ends while a backup that expired at once is being removed' },
  { story: /^0\.9\/01/, at: /^(objects|events)\.Backup\/UID8-mycluster-mysql-backu-archive-binlog($| |\.(phases\.[12]|status\.failureReason)$)/, why: "the recording's schedule was there before its pods, so that its log backup failed until they were" },
  { at: /^objects\.PersistentVolumeClaim\/data-[\w-]+\.ownerReferences\.[\w-]+\.(apiVersion|kind)$/, why: 'instances are of their Component, without an InstanceSet between' },
  { at: /^objects\.StatefulSet\/[\w-]+\.status\.(currentRevision|updateRevision)$/, why: 'stateful sets have no revisions' },
  { story: /10-ops-backup/, at: /^events\.OpsRequest\/ops-backup-[12] Warning DoActionFailed /, why: 'a second reconcile of the real controller came before it saw the Backup of the first' },
  { story: /to-a-time$/, at: /^(objects|events)\.(Job|Restore)\/restore-(post-ready-OF-post-ready-|UID-post-ready)/, why: "the add-on's definition runs its last step in each pod, the playground's in a job of its own" },
  { at: /^objects\.Cluster\/(restored1|sr-ok|sr-wrongcomp)\.phases\.[34]$/, why: "the recording's pods run as soon as their claims are bound, so that its restores end after the cluster is Running" },
  { story: /into-another-component/, at: /^objects\.Component\/sr-wrongcomp-db\.conditions\.Restore\.\d$/, why: 'claims that stay empty were there before the real controller looked' },
  { story: /by-annotation/, at: /^events\.Cluster\/sr-annotation Normal ApplyResourcesSucceed /, why: 'the real recorder dropped an event among many, ApplyResourcesSucceed' },
  { story: /^1\.2\/16-backup-hangs/, at: /^objects\.Backup\/hang-1\.status\.(timeRange|totalSize)$/, why: "what stood in for the sidecar wrote a size for a job that never ended" },
  { story: /into-another-namespace|from-a-snapshot/, at: /^objects\.Cluster\/(sr-xns|restored-pg)\.phases\.[34]$/, why: 'the recorded component was Updating for a moment after it ran; instances here run once' },
  { story: /into-another-namespace/, at: /^objects\.Component\/sr-xns-mysql\.conditions\.Restore\.\d$/, why: 'claims that stay empty were there before the real controller looked' },
  { story: /from-a-snapshot/, at: /^objects\.Component\/restored-pg-postgresql\.conditions\.Restore\.\d$/, why: 'a snapshot was restored before the real controller looked' },
  { story: /from-a-snapshot/, at: /^objects\.Backup(Policy|Schedule)\/restored-pg-[\w-]+\.annotations\.dataprotection\.kubeblocks\.io\/reconfigure-ref$/, why: "the recorded add-on's template has an annotation that the playground's has not" },
  { story: /from-a-snapshot/, at: /^objects\.PersistentVolumeClaim\/data-restored-pg-[\w-]+\.labels\.apps\.kubeblocks\.postgres\.patroni\/scope$/, why: 'the recorded component had a label of its own, which its claims take over' },
];

/** Why a difference is accepted; undefined where it is a fault of the playground. */
export function reasonFor({ story, at }: StoryDifference): string | undefined {
  return KNOWN.find((known) => (known.story?.test(story) ?? true) && known.at.test(at))?.why;
}
