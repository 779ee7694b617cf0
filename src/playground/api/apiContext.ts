import type { PlaygroundClock } from '../world';
import type { RealTime } from '../runtime/clock';
import type { SwitchableFaults } from '../runtime/faults';
import type { VersionedStore } from '../store/versionedStore';
import type { PodLogs } from '../workloads/podLogs';
import type { FieldOwnership } from '../ownership/fieldOwnership';
import type { Catalog } from './catalog';
import type { Schemas } from './schemas';

/** What every aspect of the API server works on. */
export interface ApiContext {
  readonly store: VersionedStore;
  readonly catalog: Catalog;
  readonly schemas: Schemas;
  readonly ownership: FieldOwnership;
  readonly clock: PlaygroundClock;
  readonly logs: Pick<PodLogs, 'lines'>;
  readonly faults: SwitchableFaults;
  /** Real time, for what a client counts in its own seconds: watch timeouts, bookmarks, slowness. */
  readonly timers: Pick<RealTime, 'setTimeout' | 'clearTimeout'>;
}
