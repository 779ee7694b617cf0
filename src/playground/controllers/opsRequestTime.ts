const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
/** The layout `Jan 02,2006 15:04:05 UTC-0700`, as kbcli prints times. */
const KBCLI = /^([A-Z][a-z]{2}) (\d{2}),(\d{4}) (\d{2}:\d{2}:\d{2}) UTC([+-]\d{2})(\d{2})$/;

/** `restorePointInTime` in either form it may have, as UTC with `Z`. Throws with Go's message where it is neither. */
export function normalizeRestoreTime(text: string): string {
  const instant = Date.parse(RFC3339.test(text) ? text : (fromKbcli(text) ?? ''));
  if (Number.isNaN(instant)) {
    throw new Error(`parsing time "${text}" as "Jan 02,2006 15:04:05 UTC-0700": cannot parse "${text}" as "Jan"`);
  }
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

function fromKbcli(text: string): string | undefined {
  const [, month = '', day = '', year = '', time = '', hours = '', minutes = ''] = KBCLI.exec(text) ?? [];
  const index = MONTHS.indexOf(month);
  if (index === -1) return undefined;
  return `${year}-${String(index + 1).padStart(2, '0')}-${day}T${time}${hours}:${minutes}`;
}
