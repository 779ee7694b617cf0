import type { Admission } from '../admission/admission';

export interface TrustingAdmission extends Admission {
  /** From here on everything is judged. */
  trustNoLonger(): void;
}

/**
 * Judges what is created and takes later writes as they are, for as long as the samples' history is lived through: only
 * controllers write then, a thousand times, and a test holds that it comes to the same.
 */
export function createTrustingAdmission(admission: Admission): TrustingAdmission {
  let trusts = true;
  return {
    admit(resource, object, options) {
      const isKnown = object.metadata.resourceVersion !== undefined;
      return trusts && isKnown ? { object, unknownFields: [], errors: [] } : admission.admit(resource, object, options);
    },
    trustNoLonger() {
      trusts = false;
    },
  };
}
