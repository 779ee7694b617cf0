import { stringify } from 'yaml';
import type { AnyObject } from '../../kubeblocks/objects';
import { redact } from '../../kubeblocks/redact';
import type { TimeContext } from '../../kubeblocks/timeText';
import type { Operations } from '../connection/operations';
import type { DocumentAddress } from './documentAddress';

/** The Markdown of a describe or diagnosis page. */
export function pageOf(_operations: Operations, _address: DocumentAddress, object: AnyObject, _time: TimeContext): Promise<string> {
  return Promise.resolve(stringify(redact(object)));
}
