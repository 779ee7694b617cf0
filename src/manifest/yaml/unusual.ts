/** What the quick reader leaves to the patient one. */
export class Unusual extends Error {}
