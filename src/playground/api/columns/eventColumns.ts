import type { AnyObject } from '../../../kubeblocks/objects';
import { column, WIDE, type Column } from './column';
import { ageOf } from './humanDuration';
import { number, text } from './read';

export function eventColumns(): readonly Column[] {
  return [
    column('Last Seen', (event, now) => seen(event, 'lastTimestamp', now)),
    column('Type', (event) => text(event, 'type')),
    column('Reason', (event) => text(event, 'reason')),
    column('Object', objectOf),
    column('Subobject', (event) => text(event, 'involvedObject.fieldPath'), WIDE),
    column('Source', sourceOf, WIDE),
    column('Message', (event) => text(event, 'message').trim()),
    column('First Seen', (event, now) => seen(event, 'firstTimestamp', now), WIDE),
    column('Count', (event) => number(event, 'count', 1), WIDE),
    column('Name', ({ metadata }) => metadata.name, { format: 'name', ...WIDE }),
  ];
}

function seen(event: AnyObject, field: string, now: number): string {
  return ageOf(text(event, field) || text(event, 'eventTime') || undefined, now);
}

function objectOf(event: AnyObject): string {
  return `${text(event, 'involvedObject.kind').toLowerCase()}/${text(event, 'involvedObject.name')}`;
}

function sourceOf(event: AnyObject): string {
  const component = text(event, 'source.component') || text(event, 'reportingComponent');
  const host = text(event, 'source.host') || text(event, 'reportingInstance');
  return host === '' ? component : `${component}, ${host}`;
}
