import type { Admission, SchemaAdmission } from '../admission/admission';

export interface TrustingAdmission extends Admission {
  /** From here on everything is judged. */
  trustNoLonger(): void;
}

/**
 * Fills in defaults and judges nothing, for as long as definitions are installed and the samples' history is lived
 * through: only our own manifests and controllers write then, a thousand times, and tests hold that it comes to the
 * same under full admission.
 */
export function createTrustingAdmission(admission: SchemaAdmission): TrustingAdmission {
  let trusts = true;
  return {
    admit(resource, object, options) {
      if (!trusts) return admission.admit(resource, object, options);
      const isKnown = object.metadata.resourceVersion !== undefined;
      return { object: isKnown ? object : admission.complete(resource, object), unknownFields: [], errors: [] };
    },
    trustNoLonger() {
      trusts = false;
    },
  };
}
