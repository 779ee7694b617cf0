import type { AnyObject } from '../../../kubeblocks/objects';
import { isSame } from '../../store/isSame';
import { omit } from '../../store/omit';
import { forbidden, invalid, notSupported, required, type FieldError } from '../fieldError';
import { isObject, type JsonObject } from '../json';
import { faultsOfSubdomain } from '../metadata/names';

const MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

/** Persistent volume claims (k8s.io/kubernetes pkg/apis/core/validation). */
export function validateClaim(claim: AnyObject): readonly FieldError[] {
  const spec = recordOf(claim.spec);
  const modes: readonly unknown[] = Array.isArray(spec.accessModes) ? spec.accessModes : [];
  const alone = modes.includes('ReadWriteOncePod') && modes.length > 1;
  return [
    ...(modes.length === 0 ? [required('spec.accessModes', 'at least 1 access mode is required')] : []),
    ...modes.filter((mode) => !MODES.includes(String(mode))).map((mode) => notSupported('spec.accessModes', mode, MODES)),
    ...(alone ? [forbidden('spec.accessModes', 'may not use ReadWriteOncePod with other access modes')] : []),
    ...sizeErrors(recordOf(recordOf(spec.resources).requests).storage),
    ...(typeof spec.storageClassName === 'string' && spec.storageClassName !== ''
      ? faultsOfSubdomain(spec.storageClassName).map((fault) => invalid('spec.storageClassName', spec.storageClassName, fault))
      : []),
    ...(spec.volumeMode === undefined || spec.volumeMode === 'Block' || spec.volumeMode === 'Filesystem'
      ? []
      : [notSupported('spec.volumeMode', spec.volumeMode, ['Block', 'Filesystem'])]),
  ];
}

function sizeErrors(size: unknown): readonly FieldError[] {
  if (size === undefined) return [required('spec.resources[storage]')];
  return Number.parseFloat(typeof size === 'string' ? size : '') > 0 ? [] : [invalid('spec.resources[storage]', size, 'must be greater than zero')];
}

const IMMUTABLE = 'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

/** A bound claim may ask for another size, and an unbound one be given its volume. */
export function validateClaimUpdate(claim: AnyObject, old: AnyObject): readonly FieldError[] {
  const spec = recordOf(claim.spec);
  const oldSpec = recordOf(old.spec);
  const isBound = recordOf(old.status).phase === 'Bound';
  const free = [...(isBound ? ['resources', 'volumeAttributesClassName'] : []), ...(oldSpec.volumeName === undefined ? ['volumeName'] : [])];
  return [
    ...validateClaim(claim),
    ...(isSame(omit(spec, ...free), omit(oldSpec, ...free)) ? [] : [forbidden('spec', IMMUTABLE)]),
    ...(spec.volumeMode === oldSpec.volumeMode ? [] : [invalid('volumeMode', spec.volumeMode, 'field is immutable')]),
  ];
}

function recordOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
