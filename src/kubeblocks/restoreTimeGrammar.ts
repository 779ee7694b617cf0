const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{1,2}):(\d{2}):(\d{2})(?:[.,]\d+)?(Z|[+-]\d{2}:\d{2})$/;
const NAMED_MONTH = /^([A-Za-z]{3}) +(\d{2}),(\d{4}) +(\d{1,2}):(\d{2}):(\d{2})(?:[.,]\d+)? +UTC([+-]\d{4})$/;

/**
 * The instant that an OpsRequest's restore time means, in ms since the epoch; undefined where the controller cannot read
 * it. Go's layouts `Jan 02,2006 15:04:05 UTC-0700` and RFC 3339 (`FormatRestoreTimeAndValidate` of
 * `pkg/dataprotection/restore/utils.go`).
 */
export function parseRestoreTime(text: string): number | undefined {
  const rfc = RFC_3339.exec(text);
  if (rfc !== null) return instantOf(rfc.slice(1, 7), rfc[7] ?? 'Z');
  const [, name = '', day = '', year = '', hour = '', minute = '', second = '', zone = ''] = NAMED_MONTH.exec(text) ?? [];
  const month = MONTHS.findIndex((each) => each.toLowerCase() === name.toLowerCase()) + 1;
  return month === 0 ? undefined : instantOf([year, String(month), day, hour, minute, second], zone);
}

/** `2026-11-23T09:58:00Z`: the form that the CRD of Restore takes. */
export const UTC_FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** Whether it has that form, and is a time: the controllers take 30 February for the year 1, outside every log. */
export function isUtcTime(text: string): boolean {
  return UTC_FORM.test(text) && parseRestoreTime(text) !== undefined;
}

function instantOf(parts: readonly string[], zone: string): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) return undefined;
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  if (Number(hours) > 24 || Number(minutes) > 60) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 - offset;
}
